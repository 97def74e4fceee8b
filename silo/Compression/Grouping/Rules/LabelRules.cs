namespace Distributed.Compression.Grouping;

/// <summary>The labelling rule of every operator. A new operator is one entry in one of the families; without one its channels are pinned.</summary>
internal static class LabelRules
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> All { get; } = new[]
        {
            ConvolutionLabels.Rules, MatrixLabels.Rules, ElementwiseLabels.Rules, NormalizationLabels.Rules, PoolingLabels.Rules, MovementLabels.Rules,
        }
        .SelectMany(family => family)
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
