namespace Distributed.Search;

/// <summary>One trial at a rung, as early stopping sees it.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Report">What it reached.</param>
/// <param name="Costs">What is known to be its cost; null when nothing is.</param>
public sealed record RungStanding(TrialId Trial, RungReport Report, KnownCosts? Costs)
{
    /// <summary>The standings at a rung of those trials that reached it, by number.</summary>
    /// <param name="trials">Those that a decision may know; the dense baseline is passed over.</param>
    /// <param name="rung">Which rung.</param>
    /// <param name="forecast">Tells the costs.</param>
    public static IReadOnlyList<RungStanding> At(IEnumerable<TrialState> trials, int rung, ICandidateForecast forecast) =>
        [.. trials.Where(trial => trial.Candidate is not null).OrderBy(trial => trial.Id).SelectMany(trial => trial.Rungs
            .Where(report => report.Rung == rung)
            .Select(report => new RungStanding(trial.Id, report, forecast.Costs(trial.Candidate!))))];
}
