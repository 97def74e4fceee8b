namespace Distributed.Compression.Graph;

/// <summary>The shape rule of every operator. A new operator is one entry in one of the families.</summary>
internal static class OperatorShapes
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = new[]
        {
            ConvolutionShapes.Rules, PoolingShapes.Rules, MatrixShapes.Rules, ElementwiseShapes.Rules, NormalizationShapes.Rules,
            ReductionShapes.Rules, ArrangingShapes.Rules, SelectingShapes.Rules, ConstantShapes.Rules, ResizingShapes.Rules,
        }
        .SelectMany(family => family)
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
