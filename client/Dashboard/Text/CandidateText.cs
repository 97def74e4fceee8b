namespace Distributed.Dashboard;

/// <summary>A candidate in a few words.</summary>
public static class CandidateText
{
    private const int MostWidths = 5;

    /// <summary>"8/16/40 of 16/32/64 · taylor · lr 0.03": widths (0 for a family that is left out) and left-out branches where the profile tells them, then every other parameter.</summary>
    public static string Of(TrialState trial, ModelProfile? profile)
    {
        if (trial.Candidate is not { } candidate) return "unpruned";
        var others = candidate.Values
            .Where(pair => profile is null || (pair.Key is not (ParameterNames.Ratio or ParameterNames.DepthRatio or ParameterNames.Ranking) && !pair.Key.Contains('/')))
            .Select(pair => Short(pair.Key, pair.Value));
        if (profile is null) return string.Join(" · ", others);
        string[] leftOut = Depths.Of(profile, candidate) is > 0 and var count ? [Invariant($"{count} of {profile.Branches.Count} branches left out")] : [];
        return string.Join(" · ", [Widths(profile, candidate), .. leftOut, .. others]);
    }

    /// <summary>A parameter's value: three significant digits of a number, a choice by its name.</summary>
    public static string Value(ParameterValue value) => value is ParameterValue.Number number ? Invariant($"{number.Value:G3}") : value.ToString() ?? "";

    private static string Widths(ModelProfile profile, Candidate candidate)
    {
        var widths = Closures.Widths(profile, candidate);
        return widths.Count <= MostWidths
            ? $"{string.Join('/', widths.Select(width => width.Kept))} of {string.Join('/', widths.Select(width => width.Dense))}"
            : Invariant($"{widths.Sum(width => width.Kept)} of {widths.Sum(width => width.Dense)} channels");
    }

    /// <summary>Whether a choice tells nothing by itself.</summary>
    private static bool NeedsItsName(string name, ParameterValue.Choice choice) =>
        choice.Name is "on" or "off" or "none" || name is ParameterNames.Teacher or ParameterNames.DecaySchedule or ParameterNames.Calibration;

    private static string Short(string name, ParameterValue value) => (name, value) switch
    {
        (ParameterNames.LearningRate, ParameterValue.Number) => $"lr {Value(value)}",
        (ParameterNames.WeightDecay, ParameterValue.Number) => $"wd {Value(value)}",
        (ParameterNames.Steps, ParameterValue.Number { Value: 1 }) => "one-shot",
        (_, ParameterValue.Choice choice) when !NeedsItsName(name, choice) => choice.Name,
        _ => $"{name} {Value(value)}",
    };
}
