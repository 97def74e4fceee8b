namespace Distributed.Benchmarks;

/// <summary>The middle of some timings, and where its half around it lies.</summary>
internal readonly record struct Quartiles(double Lower, double Median, double Upper)
{
    /// <param name="values">At least one.</param>
    public static Quartiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]);
    }

    /// <inheritdoc/>
    public override string ToString() => Invariant($"median {Median:0.0} ms (quartiles {Lower:0.0} to {Upper:0.0})");
}
