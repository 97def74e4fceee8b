namespace Distributed.Client.Rendering;

/// <summary>A candidate in a few words.</summary>
internal static class CandidateText
{
    private const int MostWidths = 5;

    /// <summary>"8/16/40 of 16/32/64 · taylor · lr 0.03": widths where the profile tells them, then every other parameter.</summary>
    public static string Of(TrialState trial, ModelProfile? profile)
    {
        if (trial.Candidate is not { } candidate) return "dense";
        var others = candidate.Values
            .Where(pair => profile is null || (pair.Key is not (ParameterNames.Ratio or ParameterNames.Ranking) && !pair.Key.Contains('/')))
            .Select(pair => Short(pair.Key, pair.Value));
        return string.Join(" · ", profile is null ? others : others.Prepend(Widths(profile, candidate)));
    }

    private static string Widths(ModelProfile profile, Candidate candidate)
    {
        int[] widths = WidthAllocation.For(profile, candidate);
        int total = profile.Families.Sum(family => family.Width);
        return widths.Length <= MostWidths
            ? $"{string.Join('/', widths)} of {string.Join('/', profile.Families.Select(family => family.Width))}"
            : Invariant($"{widths.Sum()} of {total} channels");
    }

    private static string Short(string name, ParameterValue value) => (name, value) switch
    {
        (ParameterNames.LearningRate, ParameterValue.Number number) => $"lr {Number(number.Value)}",
        (ParameterNames.WeightDecay, ParameterValue.Number number) => $"wd {Number(number.Value)}",
        (ParameterNames.Steps, ParameterValue.Number { Value: 1 }) => "one-shot",
        (_, ParameterValue.Number number) => $"{name} {Number(number.Value)}",
        (_, ParameterValue.Choice choice) => choice.Name,
        _ => $"{name} {value}",
    };

    private static string Number(double value) => Invariant($"{value:G3}");
}
