namespace Distributed.Sweeps;

/// <summary>Everything a sweep is asked to do. Immutable; two specs are the same sweep iff their <see cref="Fingerprint"/> is the same.</summary>
[GenerateSerializer, Immutable, Alias("sweep-spec.v1")]
public sealed record SweepSpec
{
    /// <summary>The sweep's name.</summary>
    [Id(0)] public required SweepId Name { get; init; }

    /// <summary>The network to compress.</summary>
    [Id(1)] public required ModelSpec Model { get; init; }

    /// <summary>The data it is trained and judged on.</summary>
    [Id(2)] public required DatasetSpec Dataset { get; init; }

    /// <summary>How the dense baseline is trained (zoo) or trained on (imported).</summary>
    [Id(3)] public TrainingSpec Baseline { get; init; } = new();

    /// <summary>How every candidate is fine-tuned, where the search space does not say otherwise.</summary>
    [Id(4)] public TrainingSpec Recovery { get; init; } = new() { Epochs = 2, LearningRate = 0.02 };

    /// <summary>One to four objectives. Default: accuracy up, latency ratio down.</summary>
    [Id(5)]
    public IReadOnlyList<Objective> Objectives { get; init; } =
        [new(Metric.Accuracy, Direction.Maximize), new(Metric.LatencyRatio, Direction.Minimize)];

    /// <summary>Bounds a trial must keep to reach the front.</summary>
    [Id(6)] public IReadOnlyList<Constraint> Constraints { get; init; } = [];

    /// <summary>What may vary.</summary>
    [Id(7)] public required SearchSpace Space { get; init; }

    /// <summary>Who proposes.</summary>
    [Id(8)] public SamplerSpec Sampler { get; init; } = new();

    /// <summary>When a trial is given up early.</summary>
    [Id(9)] public EarlyStoppingSpec EarlyStopping { get; init; } = new();

    /// <summary>When the sweep ends.</summary>
    [Id(10)] public required BudgetSpec Budget { get; init; }

    /// <summary>How latency is measured.</summary>
    [Id(11)] public LatencySpec Latency { get; init; } = new();

    /// <summary>The one seed from which every random stream is derived.</summary>
    [Id(12)] public ulong Seed { get; init; } = 1;

    /// <summary>What the target device likes; null for what this host's timings show.</summary>
    [Id(13)] public HardwareSpec? Hardware { get; init; }

    /// <summary>What is known before it begins; null for nothing.</summary>
    [Id(14)] public WarmStartSpec? WarmStart { get; init; }

    /// <summary>Who is told of what happens; null for nobody.</summary>
    [Id(15)] public NotifySpec? Notify { get; init; }

    /// <summary>
    /// How much of the slots it gets beside other sweeps of its priority that have work: twice the weight, twice the slot time. Above 0;
    /// null for 1.
    /// </summary>
    [Id(16)] public double? Weight { get; init; }

    /// <summary>Whenever sweeps of a higher number have work for a slot, those of a lower get none of it. Null for 0.</summary>
    [Id(17)] public int? Priority { get; init; }

    /// <summary>The device class that its trials run on: "cpu", "cuda". Null for any.</summary>
    [Id(18)] public string? Device { get; init; }

    /// <summary>SHA-256 of the canonical JSON, lower-case hexadecimal.</summary>
    public string Fingerprint() => SweepJson.Hash(this);
}
