namespace Distributed.Sweeps;

/// <summary>One attempt over time.</summary>
/// <param name="Epoch">Its lease.</param>
/// <param name="Slot">Where it ran.</param>
/// <param name="Started">When the lease was granted.</param>
public sealed record AttemptSpan(int Epoch, string Slot, DateTimeOffset Started)
{
    /// <summary>When it ended; null while it runs. Of one whose lease expired, when that was found, some seconds after it died.</summary>
    public DateTimeOffset? Ended { get; private init; }

    /// <summary>"completed", "stopped", "released", "lease expired", or the failure's reason; null while it runs.</summary>
    public string? Ending { get; private init; }

    /// <summary>The class of failure; null when it counts as none.</summary>
    public FailureKind? Failure { get; private init; }

    /// <summary>What it did, one phase after the other; the last one is open while it runs. A phase may come more than once.</summary>
    public IReadOnlyList<PhaseSpan> Phases { get; private init; } = [];

    /// <summary>Checkpoints and rungs, in order.</summary>
    public IReadOnlyList<TimelineMark> Marks { get; private init; } = [];

    /// <summary>Never before what came before it: clocks of machines differ.</summary>
    internal AttemptSpan Enter(TrialPhase phase, DateTimeOffset time)
    {
        var before = Phases is [.., var last] ? last.Started : Started;
        if (time < before) time = before;
        return this with { Phases = [.. Left(time), new(phase, time, null)] };
    }

    internal AttemptSpan Mark(TimelineMark mark) => this with { Marks = [.. Marks, mark] };

    internal AttemptSpan End(DateTimeOffset time, string ending, FailureKind? failure) =>
        this with { Ended = time, Ending = ending, Failure = failure, Phases = [.. Left(time)] };

    private IEnumerable<PhaseSpan> Left(DateTimeOffset time) => Phases.Select((phase, i) => i + 1 < Phases.Count ? phase : phase with { Ended = time });
}

/// <summary>A phase over time.</summary>
/// <param name="Phase">Which.</param>
/// <param name="Started">When it was entered.</param>
/// <param name="Ended">When the next was, or the attempt ended; null while it lasts.</param>
public sealed record PhaseSpan(TrialPhase Phase, DateTimeOffset Started, DateTimeOffset? Ended);

/// <summary>A checkpoint or a rung: one of both.</summary>
/// <param name="Time">When it was recorded.</param>
/// <param name="Checkpoint">What was written.</param>
/// <param name="Rung">What was reached.</param>
public sealed record TimelineMark(DateTimeOffset Time, Checkpoint? Checkpoint, RungReport? Rung);
