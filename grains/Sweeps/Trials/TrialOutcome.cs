using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>How an attempt at a trial ended. A closed union: only the records nested here derive from it.</summary>
[GenerateSerializer, Immutable, Alias("trial-outcome.v1")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Prepared), "prepared")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Stopped), "stopped")]
[JsonDerivedType(typeof(Failed), "failed")]
public abstract record TrialOutcome
{
    private TrialOutcome()
    {
    }

    /// <summary>The dense baseline is trained, measured and known well enough to predict every candidate's cost.</summary>
    /// <param name="Measurement">The dense model's own values; its latency ratio is 1.</param>
    /// <param name="Profile">What predicts a candidate's cost.</param>
    /// <param name="Artifacts">The dense model and its files.</param>
    /// <param name="Imported">What an imported model scored before any training; null for a zoo model.</param>
    /// <param name="StillFalling">Whether its training loss was still falling at the end: more epochs would make a better reference.</param>
    [GenerateSerializer, Immutable, Alias("trial-prepared.v1")]
    public sealed record Prepared(
        [property: Id(0)] Measurement Measurement,
        [property: Id(1)] ModelProfile Profile,
        [property: Id(2)] TrialArtifacts Artifacts,
        [property: Id(3)] ImportedAccuracy? Imported = null,
        [property: Id(4)] bool StillFalling = false) : TrialOutcome;

    /// <summary>A candidate was pruned, recovered, judged and measured.</summary>
    /// <param name="Measurement">Its values.</param>
    /// <param name="Artifacts">Its files.</param>
    /// <param name="Epochs">Epochs of fine-tuning that it took.</param>
    [GenerateSerializer, Immutable, Alias("trial-completed.v1")]
    public sealed record Completed(
        [property: Id(0)] Measurement Measurement,
        [property: Id(1)] TrialArtifacts Artifacts,
        [property: Id(2)] double Epochs) : TrialOutcome;

    /// <summary>A candidate was given up at a rung, on the sweep's decision.</summary>
    /// <param name="At">What it had reached.</param>
    /// <param name="Reason">Why, in one sentence.</param>
    [GenerateSerializer, Immutable, Alias("trial-stopped.v1")]
    public sealed record Stopped([property: Id(0)] RungReport At, [property: Id(1)] string Reason) : TrialOutcome;

    /// <summary>The attempt came to nothing. The sweep may grant another.</summary>
    /// <param name="Kind">What class of failure.</param>
    /// <param name="Reason">What was found, where and what to do, in one message.</param>
    [GenerateSerializer, Immutable, Alias("trial-failed.v1")]
    public sealed record Failed(
        [property: Id(0), JsonPropertyName("failure")] FailureKind Kind, [property: Id(1)] string Reason) : TrialOutcome;
}

/// <summary>Why an attempt failed.</summary>
[GenerateSerializer, Alias("failure-kind.v1")]
public enum FailureKind
{
    /// <summary>The model, dataset or spec cannot be used; another attempt would end the same way.</summary>
    InvalidInput,

    /// <summary>Loss or weights became NaN or infinite; another attempt would end the same way.</summary>
    NotFinite,

    /// <summary>The device or the host ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The executor process died (native fault, kill).</summary>
    ProcessDied,

    /// <summary>The store could not be written (full disk, unreachable).</summary>
    Storage,

    /// <summary>Anything else; the reason holds the exception's type and message.</summary>
    Unexpected,
}

/// <summary>Where a trial stands at a rung.</summary>
/// <param name="Rung">0 after BN recalibration, 1, 2, … after the rungs of the early-stopping schedule.</param>
/// <param name="Epochs">Epochs of fine-tuning so far.</param>
/// <param name="Accuracy">Top-1 on the validation split, in [0, 1].</param>
[GenerateSerializer, Immutable, Alias("rung-report.v1")]
public sealed record RungReport(int Rung, double Epochs, double Accuracy);

/// <summary>The files of a closed trial.</summary>
/// <param name="Model">The ONNX file.</param>
/// <param name="Plan">The pruning plan (plan.json); null for the dense baseline.</param>
/// <param name="Lineage">Everything needed to rebuild the model (lineage.json).</param>
[GenerateSerializer, Immutable, Alias("trial-artifacts.v1")]
public sealed record TrialArtifacts(ArtifactRef Model, ArtifactRef? Plan, ArtifactRef Lineage);
