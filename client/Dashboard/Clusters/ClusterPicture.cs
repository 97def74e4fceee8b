namespace Distributed.Dashboard;

/// <summary>The cluster at a moment, for good.</summary>
public sealed record ClusterPicture
{
    /// <summary>The silos as they last reported; null before the first answer.</summary>
    public IReadOnlyList<SiloView>? Silos { get; init; }

    /// <summary>When that answer came.</summary>
    public DateTimeOffset Heard { get; init; }

    /// <summary>Why there is no newer answer; empty when there is one.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>The sweeps that hand out trials, by name.</summary>
    public IReadOnlyList<SweepQueue> Queue { get; init; } = [];

    /// <summary>What was seen since somebody looks, oldest first.</summary>
    public IReadOnlyList<ClusterSample> Samples { get; init; } = [];

    /// <summary>What running trials last reported, by sweep and trial.</summary>
    public IReadOnlyDictionary<(SweepId Sweep, TrialId Trial), TrialProgress> Reports { get; init; } = new Dictionary<(SweepId, TrialId), TrialProgress>();

    /// <summary>Every slot of a silo that is heard.</summary>
    public IEnumerable<SlotReport> Slots => (Silos ?? []).Where(silo => !silo.IsSilent).SelectMany(silo => silo.Report.Slots);

    /// <summary>Training throughput of all running trials together.</summary>
    public double ImagesPerSecond => Reports.Values.Sum(report => report.ImagesPerSecond ?? 0);
}

/// <summary>A running sweep's work.</summary>
/// <param name="Sweep">Which.</param>
/// <param name="Waiting">Trials that wait for a slot.</param>
/// <param name="Running">Trials that run.</param>
/// <param name="Closed">Candidates that are done.</param>
/// <param name="Budget">How many there will be at most, or null.</param>
public sealed record SweepQueue(SweepId Sweep, int Waiting, int Running, int Closed, int? Budget);

/// <summary>How busy the cluster was.</summary>
/// <param name="Time">When.</param>
/// <param name="Slots">Slots of silos that were heard.</param>
/// <param name="Busy">How many of them ran something.</param>
/// <param name="ImagesPerSecond">Training throughput of all together.</param>
public readonly record struct ClusterSample(DateTimeOffset Time, int Slots, int Busy, double ImagesPerSecond);
