using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>Reads the block of channels in which the runtime works off timed surfaces: cost over width is a staircase with steps of that block.</summary>
internal static class Quantum
{
    /// <summary>Surfaces that are narrower do not tell blocks apart.</summary>
    public const int FewestChannels = 16;

    /// <summary>Up to here every multiple of 4 is timed.</summary>
    public const int MostChannels = 64;

    /// <summary>A width inside a block costs at least this part of the block's full width.</summary>
    private const double Flat = 0.97;

    /// <summary>The part of the widths inside blocks for which that must hold.</summary>
    private const double Most = 0.75;

    /// <summary>16, 8 or 4: what most of the surfaces show, by their time; 1 where none tells.</summary>
    public static int Of(IEnumerable<LatencySurface> surfaces) => surfaces
        .Where(surface => surface.Outputs.Count(width => width <= MostChannels && width % 4 == 0) >= FewestChannels / 4)
        .GroupBy(OfSurface).OrderByDescending(same => same.Sum(surface => surface.Microseconds.Max())).FirstOrDefault()?.Key ?? 1;

    private static int OfSurface(LatencySurface surface) => new[] { 16, 8, 4 }.First(block => block == 4 || IsStaircase(surface, block));

    private static bool IsStaircase(LatencySurface surface, int block)
    {
        int row = (surface.Inputs.Count - 1) * surface.Outputs.Count;
        double At(int width) => surface.Microseconds[row + surface.Outputs.IndexOf(width)];
        int[] inside = [.. surface.Outputs.Where(width => width <= MostChannels && width % 4 == 0 && width % block != 0 && surface.Outputs.Contains(Full(width)))];
        int Full(int width) => (width + block - 1) / block * block;
        return inside.Length > 0 && inside.Count(width => At(width) >= Flat * At(Full(width))) >= Most * inside.Length;
    }
}
