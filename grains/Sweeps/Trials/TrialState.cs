namespace Distributed.Sweeps;

/// <summary>Where a trial stands.</summary>
[GenerateSerializer, Alias("trial-status.v1")]
public enum TrialStatus
{
    /// <summary>Suggested; waits for a slot, or for another attempt.</summary>
    Waiting,

    /// <summary>Leased to a worker.</summary>
    Running,

    /// <summary>Closed with a measurement.</summary>
    Completed,

    /// <summary>Closed early at a rung.</summary>
    Stopped,

    /// <summary>Closed after its last attempt failed.</summary>
    Failed,
}

/// <summary>One trial as the log tells it.</summary>
[GenerateSerializer, Immutable, Alias("trial-state.v1")]
public sealed record TrialState
{
    /// <summary>Its number.</summary>
    [Id(0)] public required TrialId Id { get; init; }

    /// <summary>What is tried; null for the dense baseline.</summary>
    [Id(1)] public Candidate? Candidate { get; init; }

    /// <summary>Why it was suggested, in a few words ("centre", "sobol 3", "expected improvement 0.012").</summary>
    [Id(2)] public string Reason { get; init; } = "";

    /// <summary>Where it stands.</summary>
    [Id(3)] public TrialStatus Status { get; init; }

    /// <summary>Attempts in the order of their epochs, the running one last.</summary>
    [Id(4)] public IReadOnlyList<AttemptState> Attempts { get; init; } = [];

    /// <summary>Rungs reached, in order.</summary>
    [Id(5)] public IReadOnlyList<RungReport> Rungs { get; init; } = [];

    /// <summary>The newest place to go on from, or null.</summary>
    [Id(6)] public Checkpoint? Checkpoint { get; init; }

    /// <summary>Its values once completed.</summary>
    [Id(7)] public Measurement? Measurement { get; init; }

    /// <summary>Its files once completed.</summary>
    [Id(8)] public TrialArtifacts? Artifacts { get; init; }

    /// <summary>Why it was stopped or failed; null otherwise.</summary>
    [Id(9)] public string? Ending { get; init; }

    /// <summary>Epochs of fine-tuning it took.</summary>
    [Id(10)] public double Epochs { get; init; }

    /// <summary>What an imported model scored before any training; only in the dense baseline's trial, null for a zoo model.</summary>
    [Id(11)] public ImportedAccuracy? Imported { get; init; }

    /// <summary>Whether the baseline's training loss was still falling at its end; false in other trials.</summary>
    [Id(12)] public bool StillFalling { get; init; }

    /// <summary>The traceparent of its trace; null where nobody traced it.</summary>
    [Id(13)] public string? Trace { get; init; }

    /// <summary>When it was suggested.</summary>
    [Id(14)] public DateTimeOffset Suggested { get; init; }

    /// <summary>Whether it will not change any more.</summary>
    public bool IsClosed => Status is TrialStatus.Completed or TrialStatus.Stopped or TrialStatus.Failed;

    /// <summary>The epoch of the newest lease; 0 before the first.</summary>
    public int Epoch => Attempts.Count == 0 ? 0 : Attempts[^1].Epoch;
}

/// <summary>One try at a trial.</summary>
/// <param name="Epoch">The lease's epoch: 1, 2, …</param>
/// <param name="Slot">Who tried: "host/0".</param>
/// <param name="Started">When the lease was granted.</param>
/// <param name="Ended">When it ended; null while it runs.</param>
/// <param name="Ending">"completed", "stopped", "released", "lease expired", or the failure's reason; null while it runs.</param>
[GenerateSerializer, Immutable, Alias("attempt-state.v1")]
public sealed record AttemptState(int Epoch, string Slot, DateTimeOffset Started, DateTimeOffset? Ended = null, string? Ending = null);
