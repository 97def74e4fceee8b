namespace Distributed.Sweeps;

/// <summary>What an attempt is doing.</summary>
[GenerateSerializer, Alias("trial-phase.v1")]
public enum TrialPhase
{
    /// <summary>Starting its process, reading model and data.</summary>
    Loading,

    /// <summary>Training the dense baseline.</summary>
    Training,

    /// <summary>Scoring and slicing.</summary>
    Pruning,

    /// <summary>Recomputing BatchNormalization statistics.</summary>
    Recalibrating,

    /// <summary>Fine-tuning.</summary>
    FineTuning,

    /// <summary>Judging on validation, corrupted validation and test.</summary>
    Evaluating,

    /// <summary>Filling the latency table.</summary>
    Profiling,

    /// <summary>Measuring latency.</summary>
    Measuring,

    /// <summary>Writing artifacts.</summary>
    Exporting,
}

/// <summary>How far an attempt is. Shown, never decided by.</summary>
[GenerateSerializer, Immutable, Alias("trial-progress.v1")]
public sealed record TrialProgress
{
    /// <summary>What it is doing.</summary>
    [Id(0)] public required TrialPhase Phase { get; init; }

    /// <summary>Epochs done in this phase.</summary>
    [Id(1)] public double Epoch { get; init; }

    /// <summary>Epochs this phase will take; 0 when it is not counted in epochs.</summary>
    [Id(2)] public double Epochs { get; init; }

    /// <summary>Running mean of the training loss; null before the first step.</summary>
    [Id(3)] public double? Loss { get; init; }

    /// <summary>The last validation accuracy, in [0, 1]; null before the first.</summary>
    [Id(4)] public double? Accuracy { get; init; }

    /// <summary>Training throughput; null outside training.</summary>
    [Id(5)] public double? ImagesPerSecond { get; init; }
}

/// <summary>A place from which a trial can go on in another process.</summary>
/// <param name="Step">Optimizer steps done.</param>
/// <param name="Epochs">Epochs of training done.</param>
/// <param name="Artifact">Weights, optimizer, random states, data cursor, phase.</param>
[GenerateSerializer, Immutable, Alias("checkpoint.v1")]
public sealed record Checkpoint(int Step, double Epochs, ArtifactRef Artifact);
