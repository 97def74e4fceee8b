namespace Distributed.Dashboard;

/// <summary>A candidate in a few words.</summary>
public static class CandidateText
{
    private const int MostWidths = 5;

    /// <summary>"8/16/40 of 16/32/64 · taylor · lr 0.03": widths where the profile tells them, then every other parameter.</summary>
    public static string Of(TrialState trial, ModelProfile? profile)
    {
        if (trial.Candidate is not { } candidate) return "unpruned";
        var others = candidate.Values
            .Where(pair => profile is null || (pair.Key is not (ParameterNames.Ratio or ParameterNames.Ranking) && !pair.Key.Contains('/')))
            .Select(pair => Short(pair.Key, pair.Value));
        return string.Join(" · ", profile is null ? others : others.Prepend(Widths(profile, candidate)));
    }

    /// <summary>A parameter's value: three significant digits of a number, a choice by its name.</summary>
    public static string Value(ParameterValue value) => value is ParameterValue.Number number ? Invariant($"{number.Value:G3}") : value.ToString() ?? "";

    private static string Widths(ModelProfile profile, Candidate candidate)
    {
        int[] widths = WidthAllocation.For(profile, candidate);
        return widths.Length <= MostWidths
            ? $"{string.Join('/', widths)} of {string.Join('/', profile.Families.Select(family => family.Width))}"
            : Invariant($"{widths.Sum()} of {profile.Families.Sum(family => family.Width)} channels");
    }

    private static string Short(string name, ParameterValue value) => (name, value) switch
    {
        (ParameterNames.LearningRate, ParameterValue.Number) => $"lr {Value(value)}",
        (ParameterNames.WeightDecay, ParameterValue.Number) => $"wd {Value(value)}",
        (ParameterNames.Steps, ParameterValue.Number { Value: 1 }) => "one-shot",
        (_, ParameterValue.Choice choice) => choice.Name,
        _ => $"{name} {Value(value)}",
    };
}
