namespace Distributed.Search;

/// <summary>One trial at a rung, as early stopping sees it.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Report">What it reached.</param>
/// <param name="Costs">What is known to be its cost; null when nothing is.</param>
public sealed record RungStanding(TrialId Trial, RungReport Report, KnownCosts? Costs)
{
    /// <summary>Its accuracy in the end, in [0, 1]; null when it was not completed.</summary>
    public double? Final { get; init; }

    /// <summary>What it reached at the rung before; null when there is none.</summary>
    public double? Before { get; init; }

    /// <summary>Its parameters as coordinates in [0, 1], choices one coordinate each; equally many for all trials of a sweep, or none.</summary>
    public IReadOnlyList<double> Parameters { get; init; } = [];

    /// <summary>The standings at a rung of those trials that reached it, by number.</summary>
    /// <param name="problem">Tells costs and coordinates.</param>
    /// <param name="trials">Those that a decision may know; the dense baseline is passed over.</param>
    /// <param name="rung">Which rung.</param>
    public static IReadOnlyList<RungStanding> At(SearchProblem problem, IEnumerable<TrialState> trials, int rung)
    {
        SpaceEncoding encoding = new(problem.Space);
        return [.. trials.Where(trial => trial.Candidate is not null).OrderBy(trial => trial.Id).SelectMany(trial => trial.Rungs
            .Where(report => report.Rung == rung)
            .Select(report => Of(problem, encoding, trial, report)))];
    }

    /// <summary>A trial at a rung that it has just reached.</summary>
    /// <param name="problem">Tells costs and coordinates.</param>
    /// <param name="trial">A candidate's trial, with the rungs before.</param>
    /// <param name="report">What it reached now.</param>
    public static RungStanding Of(SearchProblem problem, TrialState trial, RungReport report) => Of(problem, new(problem.Space), trial, report);

    /// <summary>"0.5 at latency ratio 0.6".</summary>
    internal string Describe() => Costs?.Of(Metric.LatencyRatio) is { } ratio
        ? Invariant($"{Report.Accuracy:0.####} at latency ratio {ratio:0.###}")
        : Invariant($"{Report.Accuracy:0.####}");

    private static RungStanding Of(SearchProblem problem, SpaceEncoding encoding, TrialState trial, RungReport report) =>
        new(trial.Id, report, problem.Forecast.Costs(trial.Candidate!))
        {
            Final = trial.Measurement?.Accuracy,
            Before = trial.Rungs.LastOrDefault(rung => rung.Rung < report.Rung)?.Accuracy,
            Parameters = Coordinates(encoding, trial.Candidate!),
        };

    private static double[] Coordinates(SpaceEncoding encoding, Candidate candidate) =>
        [.. encoding.Encode(candidate).Zip(encoding.Axes).SelectMany(pair => pair.Second.IsOrdered ? [pair.First] : OneHot(pair.First, pair.Second.Levels!.Value))];

    private static IEnumerable<double> OneHot(double place, long levels)
    {
        for (long i = 0; i < levels; i++) yield return (long)(place * levels) == i ? 1 : 0;
    }
}
