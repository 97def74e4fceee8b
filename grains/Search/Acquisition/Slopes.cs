using System.Numerics.Tensors;

namespace Distributed.Search;

/// <summary>Sums of gradients.</summary>
internal static class Slopes
{
    /// <summary>gradient ← gradient + factor · slopes.</summary>
    public static void Add(Span<double> gradient, ReadOnlySpan<double> slopes, double factor) =>
        TensorPrimitives.MultiplyAdd<double>(slopes, factor, gradient, gradient);
}
