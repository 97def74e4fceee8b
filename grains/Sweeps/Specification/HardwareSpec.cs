namespace Distributed.Sweeps;

/// <summary>What the device that a model is meant for likes, beyond what its timings tell.</summary>
[GenerateSerializer, Immutable, Alias("hardware-spec.v1")]
public sealed record HardwareSpec
{
    /// <summary>The preset that the values began with, to read them by; the values count.</summary>
    [Id(0)] public string Preset { get; init; } = HardwarePresets.ServerCpu;

    /// <summary>Whether each family has a width of its own, or all keep the same part of their channels.</summary>
    [Id(1)] public Granularity Granularity { get; init; } = Granularity.PerFamily;

    /// <summary>Widths are multiples of it (the dense width always stays); null takes what the timings of this host show.</summary>
    [Id(2)] public int? Quantum { get; init; }

    /// <summary>
    /// How much more deep families lose than shallow ones, in [0, 1): a common ratio becomes ratio · (1 + weight · (2 · depth − 1)) with the
    /// depth of the first family 0 and of the last 1; where families are ranked together, importance counts 1 − weight · (2 · depth − 1) times.
    /// </summary>
    [Id(3)] public double DepthWeight { get; init; }
}

/// <summary>What has a width of its own.</summary>
public enum Granularity
{
    /// <summary>Every family.</summary>
    PerFamily,

    /// <summary>The whole network: every family keeps the same part of its channels.</summary>
    Uniform,
}
