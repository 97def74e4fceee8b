using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>A worker's slot asks for work.</summary>
/// <param name="Slot">Who asks: "host/0".</param>
/// <param name="Device">Its device class: "cpu", "cuda".</param>
/// <param name="Patient">Whether it waits a moment for a suggestion in the making; it does not where another sweep may have work.</param>
[GenerateSerializer, Immutable, Alias("pull-request.v1")]
public sealed record PullRequest(string Slot, string Device, bool Patient = true);

/// <summary>The right, and the duty, to run one attempt at a trial.</summary>
/// <param name="Assignment">What to run; its epoch is the lease's.</param>
/// <param name="TimeToLive">How long it holds after each heartbeat.</param>
[GenerateSerializer, Immutable, Alias("lease.v1")]
public sealed record Lease(TrialAssignment Assignment, TimeSpan TimeToLive);

/// <summary>A leased attempt is alive.</summary>
/// <param name="Trial">Which trial.</param>
/// <param name="Epoch">Which lease.</param>
/// <param name="Progress">How far it is, or null when nothing changed.</param>
/// <param name="Phases">The phases entered that no answered heartbeat told of yet, in order. Null from a silo of 0.3, which told of the last one alone.</param>
[GenerateSerializer, Immutable, Alias("heartbeat.v1")]
public sealed record Heartbeat(TrialId Trial, int Epoch, TrialProgress? Progress, IReadOnlyList<EnteredPhase>? Phases = null);

/// <summary>An attempt entered a phase, which may be over when its sweep hears of it.</summary>
/// <param name="Ordinal">Which of the attempt's phases, from 0: what was told twice is recorded once.</param>
/// <param name="Phase">Which phase.</param>
/// <param name="Ago">How long before the heartbeat was sent.</param>
[GenerateSerializer, Immutable, Alias("entered-phase.v1")]
public sealed record EnteredPhase(int Ordinal, TrialPhase Phase, TimeSpan Ago);

/// <summary>What the sweep answers to a heartbeat.</summary>
[GenerateSerializer, Alias("lease-answer.v1")]
public enum LeaseAnswer
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>The lease is another's, or the trial is closed: stop at once, nothing of it will be accepted.</summary>
    Revoked,

    /// <summary>The sweep is cancelled: stop at once.</summary>
    CancelRequested,

    /// <summary>Finish the step, write a checkpoint, release.</summary>
    Drain,
}

/// <summary>What became of a completion.</summary>
[GenerateSerializer, Alias("commit-answer.v1")]
public enum CommitAnswer
{
    /// <summary>Recorded, now or by the same attempt before.</summary>
    Accepted,

    /// <summary>A newer lease exists; nothing was recorded.</summary>
    Stale,

    /// <summary>The trial was closed by another attempt; nothing was recorded.</summary>
    Duplicate,
}
