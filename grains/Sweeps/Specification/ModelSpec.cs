namespace Distributed.Sweeps;

/// <summary>The network to compress: one of the zoo, built and trained from nothing, or an ONNX classifier. Exactly one of the two.</summary>
[GenerateSerializer, Immutable, Alias("model-spec.v1")]
public sealed record ModelSpec
{
    /// <summary>A zoo name such as "resnet-8", or null.</summary>
    [Id(0)] public string? Zoo { get; init; }

    /// <summary>An absolute path of an ONNX file, or null.</summary>
    [Id(1)] public string? Onnx { get; init; }

    /// <summary>Per channel mean that is subtracted from pixels in [0, 1]; empty for none.</summary>
    [Id(2)] public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Per channel standard deviation that pixels are divided by; as long as <see cref="Mean"/>.</summary>
    [Id(3)] public IReadOnlyList<double> Deviation { get; init; } = [];

    /// <summary>Names of families or layers that are never pruned.</summary>
    [Id(4)] public IReadOnlyList<string> Keep { get; init; } = [];
}
