namespace Distributed.Sweeps;

/// <summary>Single weights of a model that are exactly zero by intent.</summary>
/// <param name="Pattern">"unstructured" or "2:4".</param>
/// <param name="Weights">Weights of all layers that could lose some.</param>
/// <param name="Zeros">How many of them are zero in the exported file.</param>
[GenerateSerializer, Immutable, Alias("sparsity-report.v1")]
public sealed record SparsityReport(string Pattern, long Weights, long Zeros)
{
    /// <summary>Whether the runtime skips the zeros. False for ONNX Runtime, which computes them like any other number: what they buy is a smaller compressed file.</summary>
    [Id(3)] public bool IsFasterInOnnxRuntime { get; init; }
}
