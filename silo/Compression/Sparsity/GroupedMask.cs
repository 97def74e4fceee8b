using System.Collections.Immutable;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Sparsity;

/// <summary>N:M sparsity (Mishra et al. 2021): of every M neighbours along the input axis exactly N stay, those with the highest scores.</summary>
internal static class GroupedMask
{
    /// <summary>Which weights stay; null where the input axis is no multiple of <paramref name="of"/>, as the pattern does not fit there.</summary>
    /// <param name="scores">Row-major, in the weights' shape.</param>
    /// <param name="shape">The weights' shape.</param>
    /// <param name="axis">The input axis.</param>
    /// <param name="keep">N.</param>
    /// <param name="of">M.</param>
    public static bool[]? Of(float[] scores, ImmutableArray<int> shape, int axis, int keep, int of)
    {
        int size = shape[axis];
        if (size % of != 0) return null;
        int inner = Tensor.Count(shape[(axis + 1)..]);
        bool[] stays = new bool[scores.Length];
        int[] group = new int[of];
        for (int first = 0; first < scores.Length; first += of * inner)
        {
            for (int i = 0; i < inner; i++)
            {
                for (int k = 0; k < of; k++) group[k] = first + (k * inner) + i;
                foreach (int place in group.OrderByDescending(place => scores[place]).Take(keep)) stays[place] = true;
            }
        }

        return stays;
    }
}
