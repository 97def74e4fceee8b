namespace Distributed.Compression.Measuring;

/// <summary>The widths at which an operator is timed.</summary>
internal static class WidthGrid
{
    private const int Fine = 64;
    private const int Coarse = 16;
    private const int CoarseSteps = 8;

    /// <summary>
    /// Ascending, the last one the dense width: each up to 4, every second up to 8, multiples of 4 up to 64, and above that 4, 8 and
    /// multiples of 16, of 32, … (at most 8 of them, since a surface holds the weights of all pairs at once). Runtimes work in blocks of
    /// 16, 8 or 4 channels; what lies between is never cheaper.
    /// </summary>
    public static IReadOnlyList<int> Of(int width)
    {
        if (width <= Fine)
        {
            int step = width <= 4 ? 1 : width <= 8 ? 2 : 4;
            return [.. Multiples(step, width), width];
        }

        int block = Coarse;
        while (width / block > CoarseSteps) block *= 2;
        return [.. new[] { 4, 8 }.Where(small => small < block), .. Multiples(block, width), width];
    }

    private static IEnumerable<int> Multiples(int step, int below) => Enumerable.Range(1, below / step).Select(i => i * step).Where(width => width < below);
}
