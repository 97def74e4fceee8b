using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>ONNX's (and NumPy's) broadcasting: shapes are aligned at their ends, and a size of 1 stretches.</summary>
internal static class Broadcast
{
    /// <summary>The common shape, or null where there is none.</summary>
    public static ImmutableArray<int>? Together(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        int rank = Math.Max(left.Length, right.Length);
        int[] shape = new int[rank];
        for (int axis = 1; axis <= rank; axis++)
        {
            int a = axis <= left.Length ? left[^axis] : 1;
            int b = axis <= right.Length ? right[^axis] : 1;
            if (a != b && a != 1 && b != 1) return null;
            shape[^axis] = a == 1 ? b : a;
        }

        return [.. shape];
    }

    /// <summary>For every element of the common shape, the place of the element that a stretched tensor has there.</summary>
    public static int[] Places(ReadOnlySpan<int> from, ReadOnlySpan<int> to)
    {
        int[] strides = new int[to.Length];
        int stride = 1;
        for (int axis = 1; axis <= from.Length; axis++)
        {
            strides[^axis] = from[^axis] == 1 ? 0 : stride;
            stride *= from[^axis];
        }

        return Strided.Places(to, strides, 0);
    }
}
