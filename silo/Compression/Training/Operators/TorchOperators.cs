namespace Distributed.Compression.Training;

/// <summary>How every operator is run. A new operator is one entry in one of the families.</summary>
internal static class TorchOperators
{
    /// <summary>Compilers by operator.</summary>
    public static IReadOnlyDictionary<string, Func<TorchNode, TorchOperator>> Rules { get; } = new[]
        {
            ConvolutionOperators.Rules, NormalizationOperators.Rules, ActivationOperators.Rules, ArithmeticOperators.Rules, LogicOperators.Rules,
            PoolingOperators.Rules, ReductionOperators.Rules, MatrixOperators.Rules, ArrangingOperators.Rules, SelectingOperators.Rules,
            ConstantOperators.Rules, ResizingOperators.Rules, QuantizationOperators.Rules, RoundingOperators.Rules,
        }
        .SelectMany(family => family)
        .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
}
