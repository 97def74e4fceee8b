namespace Distributed.Grains;

/// <summary>The mathematics as the grains see it. Pure: the same arguments always give the same answer, on any thread.</summary>
internal interface ISweepSearch
{
    /// <summary>The next candidate, or null when the space is exhausted.</summary>
    SweepRecord.Suggested? Suggest(SearchMoment moment);

    /// <summary>What to do with a trial at a rung: null to go on, or why it is given up.</summary>
    /// <param name="moment">What may be known of the others when it is decided about this trial.</param>
    /// <param name="trial">The trial, with the rungs that it reached before.</param>
    /// <param name="report">What it reached.</param>
    string? AtRung(SearchMoment moment, TrialState trial, RungReport report);
}
