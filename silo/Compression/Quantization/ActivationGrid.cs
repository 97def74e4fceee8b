namespace Distributed.Compression.Quantization;

/// <summary>The 256 numbers that an activation can have: x = scale · (q − zero point), q in [0, 255]. Zero is one of them.</summary>
/// <param name="Scale">Distance of two neighbours, above 0.</param>
/// <param name="ZeroPoint">The q of zero; 0 where nothing is negative, which makes a ReLU part of the rounding.</param>
internal readonly record struct ActivationGrid(float Scale, byte ZeroPoint)
{
    private const int Levels = 255;

    /// <summary>The grid that just covers a range and zero. A range of nothing but zeros has the scale 1.</summary>
    public static ActivationGrid Of(ValueRange range)
    {
        double low = Math.Min(0, range.Low), high = Math.Max(0, range.High);
        float scale = (float)((high - low) / Levels);
        return float.IsNormal(scale) ? new(scale, (byte)Math.Clamp(Math.Round(-low / scale), 0, Levels)) : new(1, 0);
    }

    /// <summary>The q of the number that is nearest to a value; those of the ends for values outside, also infinite ones.</summary>
    public byte Level(float value) => (byte)Math.Clamp(MathF.Round(value / Scale) + ZeroPoint, 0, Levels);

    /// <summary>The nearest number of the grid, halves to even; numbers outside go to the nearest end.</summary>
    public float Round(float value) => Scale * (Math.Clamp(MathF.Round(value / Scale) + ZeroPoint, 0, Levels) - ZeroPoint);

    /// <summary>The least and the greatest number.</summary>
    public (float Low, float High) Ends => (-ZeroPoint * Scale, (Levels - ZeroPoint) * Scale);
}

/// <summary>The numbers that an activation is to cover.</summary>
/// <param name="Low">The least.</param>
/// <param name="High">The greatest.</param>
internal readonly record struct ValueRange(double Low, double High)
{
    /// <summary>The smallest range that holds both.</summary>
    public ValueRange And(ValueRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));
}
