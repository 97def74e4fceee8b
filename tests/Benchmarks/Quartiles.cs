namespace Distributed.Benchmarks;

/// <summary>The middle of some figures, and where the half around it lies.</summary>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <param name="values">At least one.</param>
    public static Quartiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(At(sorted, 0.25), At(sorted, 0.5), At(sorted, 0.75));
    }

    /// <summary>Between two values in proportion (definition 7 of Hyndman and Fan 1996).</summary>
    private static double At(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        double above = sorted[Math.Min(below + 1, sorted.Length - 1)];
        return sorted[below] + ((place - below) * (above - sorted[below]));
    }

    /// <inheritdoc/>
    public override string ToString() => Invariant($"median {Median:0.0} ms (quartiles {Lower:0.0} to {Upper:0.0})");
}
