namespace Distributed.Sweeps;

/// <summary>The numbers that a parameter or a key allows.</summary>
/// <param name="Low">The least, or what must be exceeded.</param>
/// <param name="High">The most, or what must not be reached.</param>
/// <param name="LowOpen">Whether <paramref name="Low"/> itself is too low.</param>
/// <param name="HighOpen">Whether <paramref name="High"/> itself is too high.</param>
public readonly record struct NumberRange(double Low, double High, bool LowOpen = false, bool HighOpen = false)
{
    /// <summary>Any finite number.</summary>
    public static NumberRange Any { get; } = new(double.NegativeInfinity, double.PositiveInfinity, true, true);

    /// <summary>Whether a number is allowed.</summary>
    public bool Holds(double value) =>
        double.IsFinite(value) && (LowOpen ? value > Low : value >= Low) && (HighOpen ? value < High : value <= High);

    /// <summary>"at least 0 and below 1".</summary>
    public override string ToString()
    {
        string low = double.IsInfinity(Low) ? "" : Invariant($"{(LowOpen ? "above" : "at least")} {Low}");
        string high = double.IsInfinity(High) ? "" : Invariant($"{(HighOpen ? "below" : "at most")} {High}");
        return (low, high) switch { ("", "") => "a finite number", (_, "") => low, ("", _) => high, _ => $"{low} and {high}" };
    }
}
