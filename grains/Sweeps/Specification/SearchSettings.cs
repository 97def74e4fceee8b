namespace Distributed.Sweeps;

/// <summary>Who proposes candidates.</summary>
[GenerateSerializer, Immutable, Alias("sampler-spec.v1")]
public sealed record SamplerSpec
{
    /// <summary>A registered sampler: "bayesian", "trust-region", "tpe", "nsga2", "sobol", "grid", "random".</summary>
    [Id(0)] public string Name { get; init; } = "bayesian";

    /// <summary>
    /// Candidates before the model is used: the centre, then scrambled Sobol; null for the sampler's usual number, at most a third of the
    /// trials: of d parameters (d + 1)/4 and at least 3 for "bayesian", 2(d + 1) for the others.
    /// </summary>
    [Id(1)] public int? Initial { get; init; }

    /// <summary>
    /// What is decided about trial k uses only trials up to k − Horizon, and those are waited for: the same seed then proposes the same
    /// candidates in the same order however fast the workers are. At least twice the slots keeps them busy. 0: use whatever is known.
    /// </summary>
    [Id(2)] public int Horizon { get; init; } = 4;
}

/// <summary>When a trial is given up early.</summary>
[GenerateSerializer, Immutable, Alias("early-stopping-spec.v1")]
public sealed record EarlyStoppingSpec
{
    /// <summary>Whether trials may be stopped at rungs.</summary>
    [Id(0)] public bool Enabled { get; init; } = true;

    /// <summary>Epochs of fine-tuning at the first rung; rung 0, after BN recalibration, always exists.</summary>
    [Id(1)] public double FirstRung { get; init; } = 0.5;

    /// <summary>One in so many goes on at a rung, and each rung lies so many times further; above 1.</summary>
    [Id(2)] public double Reduction { get; init; } = 3;

    /// <summary>Trials that must have reached a rung before any is stopped there.</summary>
    [Id(3)] public int Grace { get; init; } = 4;

    /// <summary>A registered rule: "halving" (one in <see cref="Reduction"/> goes on), "median" (those below the median are given up) or "prospect" (those that will hardly reach the front are).</summary>
    [Id(4)] public string Rule { get; init; } = "halving";

    /// <summary>
    /// Whether a trial that may still reach the front is kept whatever the rule says: its accuracy at the rung, plus what completed trials
    /// gained from there, plus so many standard deviations of that gain, is dominated by no completed trial. 0 switches it off.
    /// </summary>
    [Id(5)] public double Protection { get; init; } = 1;
}

/// <summary>No progress: the hypervolume of the last trials is hardly above that before them.</summary>
/// <param name="Gain">Relative gain of hypervolume below which a sweep has come to a stop, above 0 and below 1.</param>
/// <param name="Trials">Over how many candidates, at least 1.</param>
[GenerateSerializer, Immutable, Alias("stagnation-spec.v1")]
public sealed record StagnationSpec(double Gain = 0.01, int Trials = 20);

/// <summary>When the sweep ends: at the first limit that is reached. At least one is set.</summary>
[GenerateSerializer, Immutable, Alias("budget-spec.v1")]
public sealed record BudgetSpec
{
    /// <summary>Candidates, the dense baseline not counted; null for no limit.</summary>
    [Id(0)] public int? Trials { get; init; }

    /// <summary>Wall time while the sweep runs, pauses not counted; null for no limit.</summary>
    [Id(1)] public TimeSpan? Time { get; init; }

    /// <summary>Epochs of fine-tuning over all trials; null for no limit.</summary>
    [Id(2)] public double? Epochs { get; init; }

    /// <summary>
    /// Ends the sweep when the hypervolume stands still; null to go on. Judged by the trials up to k − horizon, in the order of their
    /// numbers, and for good only when none is open: a pending trial may still bring the gain.
    /// </summary>
    [Id(3)] public StagnationSpec? Stagnation { get; init; }
}

/// <summary>How latency is measured (DESIGN: one exclusive measurement at a time on a host, the dense model interleaved).</summary>
[GenerateSerializer, Immutable, Alias("latency-spec.v1")]
public sealed record LatencySpec
{
    /// <summary>Inputs in a batch.</summary>
    [Id(0)] public int BatchSize { get; init; } = 1;

    /// <summary>Intra-op threads.</summary>
    [Id(1)] public int Threads { get; init; } = 1;

    /// <summary>Sessions of each model, at least 5.</summary>
    [Id(2)] public int Sessions { get; init; } = 5;

    /// <summary>Runs before any is timed, in each session.</summary>
    [Id(3)] public int Warmup { get; init; } = 30;

    /// <summary>Timed runs in each session.</summary>
    [Id(4)] public int Runs { get; init; } = 60;
}
