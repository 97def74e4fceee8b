namespace Distributed.Compression.Quantization;

/// <summary>How finely a layer's weights are rounded.</summary>
/// <param name="Bits">Bits of a weight, from 2 to 8.</param>
/// <param name="Clip">The part of each channel's largest weight at which its grid ends, in (0, 1]: with few bits the small weights gain more than the largest loses.</param>
internal readonly record struct WeightRounding(int Bits, double Clip)
{
    /// <summary>The fewest bits: −1, 0 and 1.</summary>
    public const int FewestBits = 2;

    /// <summary>The most bits.</summary>
    public const int MostBits = 8;

    /// <summary>The largest |q| of 8 bits. Not 127: <see cref="WeightGrid"/> tells why.</summary>
    public const int MostLevels = 64;

    /// <summary>8 bits, up to the largest weight.</summary>
    public static WeightRounding Full { get; } = new(MostBits, 1);

    /// <summary>The largest |q|: 2^(bits − 1) − 1, and 64 with 8 bits.</summary>
    public int Levels => Math.Min(MostLevels, (1 << (Bits - 1)) - 1);

    /// <summary>A channel's scale is its largest weight divided by this.</summary>
    public double Divisor => Levels / Clip;
}
