using System.Diagnostics;

namespace Distributed.Sweeps;

/// <summary>One attempt at a trial, with all that it needs.</summary>
[GenerateSerializer, Immutable, Alias("trial-assignment.v1")]
public sealed record TrialAssignment
{
    /// <summary>The sweep.</summary>
    [Id(0)] public required SweepSpec Spec { get; init; }

    /// <summary>Which trial.</summary>
    [Id(1)] public required TrialId Trial { get; init; }

    /// <summary>The lease's epoch, from 1.</summary>
    [Id(2)] public required int Epoch { get; init; }

    /// <summary>What to try; null for the dense baseline.</summary>
    [Id(3)] public Candidate? Candidate { get; init; }

    /// <summary>The dense model's profile; null for the dense baseline.</summary>
    [Id(4)] public ModelProfile? Profile { get; init; }

    /// <summary>The dense model's files; null for the dense baseline.</summary>
    [Id(5)] public TrialArtifacts? Dense { get; init; }

    /// <summary>Where to go on from, or null to start.</summary>
    [Id(6)] public Checkpoint? Checkpoint { get; init; }

    /// <summary>The traceparent of the span under which the attempt stands: in a lease the trial's, in an executor the attempt's. Null where nobody traces.</summary>
    [Id(7)] public string? Trace { get; init; }
}

/// <summary>What an attempt asks and tells while it runs. Every call may block; all are made from the attempt's own thread.</summary>
public interface ITrialContext
{
    /// <summary>The attempt should end at once; its work is not wanted any more.</summary>
    CancellationToken Cancelled { get; }

    /// <summary>The attempt should write a checkpoint at the next step and return null: the worker is leaving or the sweep pauses.</summary>
    bool DrainRequested { get; }

    /// <summary>The attempt's span, under which what it does is told; default where nobody traces.</summary>
    ActivityContext Trace => default;

    /// <summary>Tells how far it is. Cheap; may be dropped.</summary>
    void Report(TrialProgress progress);

    /// <summary>Between two steps: waits while another attempt on this host measures latency.</summary>
    void StepBoundary();

    /// <summary>A checkpoint is durable.</summary>
    void Checkpointed(Checkpoint checkpoint);

    /// <summary>A rung is reached.</summary>
    /// <returns>Null to go on, or why the trial is given up.</returns>
    string? AtRung(RungReport report);

    /// <summary>Waits until no other attempt computes on this host, and keeps it so until disposed.</summary>
    IDisposable MeasureAlone();
}

/// <summary>Runs one attempt at a trial, synchronously on the calling thread.</summary>
public interface ITrialRunner
{
    /// <returns>How it ended, or null when it was drained.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="InvalidInputException">Model, dataset or spec cannot be used.</exception>
    /// <remarks>What else it throws is classified by <see cref="AttemptBorder"/>, inside of which every attempt is run.</remarks>
    TrialOutcome? Run(TrialAssignment assignment, ITrialContext context);
}
