namespace Distributed.Search;

/// <summary>Draws values of a bounded metric together the farther they are from its bound: only the side and what is near decide.</summary>
/// <remarks>
/// Notation: b bound, s a quarter of the median distance of the values from it: v ↦ b + s arsinh((v − b)/s), monotone, with b fixed and slope
/// 1 there; the variance of a value is multiplied by the squared slope 1/(1 + ((v − b)/s)²). Like the bilog of Eriksson and Poloczek
/// (2021, section 3), with a scale that follows the values.
/// </remarks>
internal sealed record BoundLens(double Bound, double Scale) : ILens
{
    private const double Share = 0.25;

    /// <summary>For the values of one metric; null where all of them lie on the bound.</summary>
    public static BoundLens? Of(double bound, IEnumerable<double> values)
    {
        double[] distances = [.. values.Select(value => Math.Abs(value - bound)).Order()];
        double scale = distances.Length == 0 ? 0 : Share * distances[distances.Length / 2];
        return scale > 0 ? new(bound, scale) : null;
    }

    /// <inheritdoc/>
    public (double Value, double Variance) Through(double value, double variance)
    {
        double x = (value - Bound) / Scale;
        return (Bound + (Scale * Math.Asinh(x)), variance / (1 + (x * x)));
    }

    /// <inheritdoc/>
    public double Back(double modelled) => Bound + (Scale * Math.Sinh((modelled - Bound) / Scale));
}
