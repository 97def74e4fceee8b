using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>One thing that happened in a sweep. A closed union; new kinds may be added, none is ever changed or removed.</summary>
[GenerateSerializer, Immutable, Alias("sweep-record.v1")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Launched), "launched")]
[JsonDerivedType(typeof(Suggested), "suggested")]
[JsonDerivedType(typeof(Leased), "leased")]
[JsonDerivedType(typeof(PhaseStarted), "phase-started")]
[JsonDerivedType(typeof(Checkpointed), "checkpointed")]
[JsonDerivedType(typeof(RungReached), "rung-reached")]
[JsonDerivedType(typeof(AttemptEnded), "attempt-ended")]
[JsonDerivedType(typeof(TrialClosed), "trial-closed")]
[JsonDerivedType(typeof(FrontChanged), "front-changed")]
[JsonDerivedType(typeof(StatusChanged), "status-changed")]
[JsonDerivedType(typeof(WarmStarted), "warm-started")]
[JsonDerivedType(typeof(Notified), "notified")]
[JsonDerivedType(typeof(FrontMoved), "front-moved")]
[JsonDerivedType(typeof(ShareChanged), "share-changed")]
public abstract record SweepRecord
{
    private SweepRecord()
    {
    }

    /// <summary>Whose part of the log this belongs to; null for what is of the whole sweep.</summary>
    public TrialId? OfTrial() => this switch
    {
        Suggested suggested => suggested.Trial,
        Leased leased => leased.Trial,
        PhaseStarted phase => phase.Trial,
        Checkpointed checkpointed => checkpointed.Trial,
        RungReached rung => rung.Trial,
        AttemptEnded ended => ended.Trial,
        TrialClosed closed => closed.Trial,
        _ => null,
    };

    /// <summary>The first record of every log.</summary>
    /// <param name="Spec">What is asked.</param>
    /// <param name="Trace">The traceparent of the launch, to which trials' traces link; null where nobody traced it.</param>
    [GenerateSerializer, Immutable, Alias("record-launched.v1")]
    public sealed record Launched([property: Id(0)] SweepSpec Spec, [property: Id(1)] string? Trace = null) : SweepRecord;

    /// <summary>What the sweep took from an earlier one as it was launched: from here on its own log is all that it needs.</summary>
    /// <param name="From">The earlier sweep.</param>
    /// <param name="SameProblem">Whether it has the same model and dataset, so that its trials teach; else its candidates are tried first.</param>
    /// <param name="Trials">Its closed trials, or those on its front, by number or in the front's order.</param>
    [GenerateSerializer, Immutable, Alias("record-warm-started.v1")]
    public sealed record WarmStarted(
        [property: Id(0)] SweepId From, [property: Id(1)] bool SameProblem, [property: Id(2)] IReadOnlyList<ImportedTrial> Trials) : SweepRecord;

    /// <summary>A trial exists from now on.</summary>
    /// <param name="Trial">Its number: one more than the last.</param>
    /// <param name="Candidate">What is tried; null for the dense baseline.</param>
    /// <param name="Reason">Why it was chosen.</param>
    /// <param name="Basis">How many records of the log, from the first, it rests on: those and the seed give it again, bit for bit. Null in old logs.</param>
    [GenerateSerializer, Immutable, Alias("record-suggested.v1")]
    public sealed record Suggested(
        [property: Id(0)] TrialId Trial,
        [property: Id(1)] Candidate? Candidate,
        [property: Id(2)] string Reason,
        [property: Id(3)] long? Basis = null) : SweepRecord;

    /// <summary>An attempt began.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Epoch">One more than that of the trial's last lease.</param>
    /// <param name="Slot">To whom.</param>
    /// <param name="Trace">The traceparent of the trial's trace, the same for all its attempts. Null where nobody traces; nothing is decided by it.</param>
    [GenerateSerializer, Immutable, Alias("record-leased.v1")]
    public sealed record Leased(
        [property: Id(0)] TrialId Trial,
        [property: Id(1)] int Epoch,
        [property: Id(2)] string Slot,
        [property: Id(3)] string? Trace = null) : SweepRecord;

    /// <summary>An attempt entered a phase.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Epoch">Which attempt.</param>
    /// <param name="Phase">Which phase.</param>
    /// <param name="Ago">How long before it was recorded, in seconds: a sweep hears of phases by heartbeats. Null in logs of 0.3.</param>
    [GenerateSerializer, Immutable, Alias("record-phase-started.v1")]
    public sealed record PhaseStarted(
        [property: Id(0)] TrialId Trial,
        [property: Id(1)] int Epoch,
        [property: Id(2)] TrialPhase Phase,
        [property: Id(3)] double? Ago = null) : SweepRecord
    {
        /// <summary>When the phase began.</summary>
        /// <param name="recorded">The time of the record's entry.</param>
        public DateTimeOffset At(DateTimeOffset recorded) => recorded - TimeSpan.FromSeconds(Ago ?? 0);
    }

    /// <summary>A trial can go on from here.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Epoch">Which attempt wrote it.</param>
    /// <param name="Checkpoint">Where.</param>
    [GenerateSerializer, Immutable, Alias("record-checkpointed.v1")]
    public sealed record Checkpointed(
        [property: Id(0)] TrialId Trial, [property: Id(1)] int Epoch, [property: Id(2)] Checkpoint Checkpoint) : SweepRecord;

    /// <summary>A trial reached a rung, and what was decided there.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Epoch">Which attempt.</param>
    /// <param name="Report">What it reached.</param>
    /// <param name="Stop">Why it is given up, or null to go on.</param>
    [GenerateSerializer, Immutable, Alias("record-rung-reached.v1")]
    public sealed record RungReached(
        [property: Id(0)] TrialId Trial,
        [property: Id(1)] int Epoch,
        [property: Id(2)] RungReport Report,
        [property: Id(3)] string? Stop) : SweepRecord;

    /// <summary>An attempt ended and the trial did not: it waits for another.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Epoch">Which attempt.</param>
    /// <param name="Reason">"released", "lease expired", or the failure's reason.</param>
    /// <param name="Failure">The class of failure, or null when it counts as none (released, lease expired).</param>
    [GenerateSerializer, Immutable, Alias("record-attempt-ended.v1")]
    public sealed record AttemptEnded(
        [property: Id(0)] TrialId Trial,
        [property: Id(1)] int Epoch,
        [property: Id(2)] string Reason,
        [property: Id(3)] FailureKind? Failure) : SweepRecord;

    /// <summary>A trial is closed, once and for all.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Epoch">The attempt that closed it; 0 when none did, because too many were lost.</param>
    /// <param name="Outcome">How.</param>
    [GenerateSerializer, Immutable, Alias("record-trial-closed.v1")]
    public sealed record TrialClosed(
        [property: Id(0)] TrialId Trial, [property: Id(1)] int Epoch, [property: Id(2)] TrialOutcome Outcome) : SweepRecord;

    /// <summary>The whole front as it stands after the record before. Old logs hold it wherever <see cref="FrontMoved"/> stands in newer ones.</summary>
    /// <param name="Trials">The non-dominated feasible trials, by latency or else by the second objective, ascending.</param>
    /// <param name="Hypervolume">Of the front against the reference point.</param>
    [GenerateSerializer, Immutable, Alias("record-front-changed.v1")]
    public sealed record FrontChanged([property: Id(0)] IReadOnlyList<TrialId> Trials, [property: Id(1)] double Hypervolume) : SweepRecord;

    /// <summary>The sweep was paused, resumed, cancelled, finished or given up.</summary>
    /// <param name="Status">What it is now.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Since">When it came about, where that was earlier than it was recorded: a silo that died left its sweeps at their last record.</param>
    [GenerateSerializer, Immutable, Alias("record-status-changed.v1")]
    public sealed record StatusChanged(
        [property: Id(0)] SweepStatus Status,
        [property: Id(1)] string Reason,
        [property: Id(2)] DateTimeOffset? Since = null) : SweepRecord;

    /// <summary>A webhook has taken a notification: it is not sent again.</summary>
    /// <param name="Of">The position of the record that it told of.</param>
    /// <param name="Event">What it told.</param>
    [GenerateSerializer, Immutable, Alias("record-notified.v1")]
    public sealed record Notified([property: Id(0)] long Of, [property: Id(1)] NotifyEvent Event) : SweepRecord;

    /// <summary>What the record before made of the front: a trial joined it, and those that it dominates left.</summary>
    /// <param name="Joined">The trial.</param>
    /// <param name="At">Its place among those that stay, in the order of <see cref="FrontChanged.Trials"/>.</param>
    /// <param name="Left">Those that left.</param>
    /// <param name="Hypervolume">Of the front as it is now, against the reference point.</param>
    [GenerateSerializer, Immutable, Alias("record-front-moved.v1")]
    public sealed record FrontMoved(
        [property: Id(0)] TrialId Joined,
        [property: Id(1)] int At,
        [property: Id(2)] IReadOnlyList<TrialId> Left,
        [property: Id(3)] double Hypervolume) : SweepRecord
    {
        /// <summary>The front after it.</summary>
        /// <param name="front">The front before it.</param>
        public IReadOnlyList<TrialId> After(IReadOnlyList<TrialId> front)
        {
            List<TrialId> after = new(front.Count + 1);
            after.AddRange(Left.Count == 0 ? front : front.Where(trial => !Left.Contains(trial)));
            // The writer of a version that lets more models onto a front has counted some that this log's front does not have.
            after.Insert(Math.Min(At, after.Count), Joined);
            return after;
        }
    }

    /// <summary>The sweep gets another share of the slots from the next trial that is handed out on.</summary>
    /// <param name="Weight">Its weight now; null for the one that it has. See <see cref="SweepSpec.Weight"/>.</param>
    /// <param name="Priority">Its priority now; null for the one that it has. See <see cref="SweepSpec.Priority"/>.</param>
    [GenerateSerializer, Immutable, Alias("record-share-changed.v1")]
    public sealed record ShareChanged([property: Id(0)] double? Weight, [property: Id(1)] int? Priority) : SweepRecord;
}

/// <summary>Where a sweep stands.</summary>
[GenerateSerializer, Alias("sweep-status.v1")]
public enum SweepStatus
{
    /// <summary>Hands out trials.</summary>
    Running,

    /// <summary>Hands out none; running ones are drained. Can be resumed.</summary>
    Paused,

    /// <summary>Its budget is used or its space exhausted. For good.</summary>
    Finished,

    /// <summary>Ended by a user. For good.</summary>
    Cancelled,

    /// <summary>Cannot go on: the dense baseline failed, or too many trials did. For good.</summary>
    Failed,
}
