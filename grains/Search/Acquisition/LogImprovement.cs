using System.Buffers;

namespace Distributed.Search;

/// <summary>The logarithm of the expected hypervolume improvement over a front, exact for independent normal losses, known ones among them.</summary>
/// <remarks>
/// Notation: f_i ~ N(μ_i, σ_i²) independent losses, i &lt; m, σ_i = 0 for a known cost; r reference; ψ_i(t) = E[(t − f_i)⁺] = σ_i h(z),
/// z = (t − μ_i)/σ_i. With disjoint boxes [l, u) over what the front does not dominate (<see cref="HypervolumeBoxes"/>)
/// EHVI = Σ_boxes Π_i (ψ_i(u_i) − ψ_i(l_i)) (Yang, Emmerich, Deutz and Bäck 2019; for one modelled loss the sum over the segments of the
/// staircase). All in logarithms, so that value and gradient live on where the improvement itself would be 0 (Ament, Daulton, Eriksson,
/// Balandat and Bakshy 2023): D = ln(ψ(u) − ψ(l)), ∂D/∂μ = −(Φ(z_u) − Φ(z_l))/(ψ(u) − ψ(l)), ∂D/∂σ = (φ(z_u) − φ(z_l))/(ψ(u) − ψ(l)).
/// Box bounds are coordinates of the front ("levels"): tails are evaluated once for each of them.
/// </remarks>
internal sealed class LogImprovement
{
    private const int Unbounded = -1;
    private readonly double[][] _levels;
    private readonly (int[] Lower, int[] Upper)[] _boxes;

    /// <param name="front">Losses; dominated points and points outside the reference do no harm.</param>
    /// <param name="reference">Losses of the reference, length m, 1 ≤ m ≤ 4.</param>
    public LogImprovement(IEnumerable<double[]> front, double[] reference)
    {
        var boxes = HypervolumeBoxes.Of(front, reference);
        _levels = [.. reference.Select((_, i) =>
            boxes.SelectMany(box => new[] { box.Lower[i], box.Upper[i] }).Where(double.IsFinite).Distinct().Order().ToArray())];
        int Rank(int i, double bound) => double.IsFinite(bound) ? Array.BinarySearch(_levels[i], bound) : Unbounded;
        _boxes = [.. boxes.Select(box => (box.Lower.Select((bound, i) => Rank(i, bound)).ToArray(), box.Upper.Select((bound, i) => Rank(i, bound)).ToArray()))];
    }

    /// <summary>The logarithm for one candidate; −∞ where known costs leave nothing to gain.</summary>
    /// <param name="losses">Mean and deviation of each loss, length m.</param>
    /// <param name="ofMean">Receives the derivatives by the means.</param>
    /// <param name="ofDeviation">Receives the derivatives by the deviations.</param>
    public double Of(ReadOnlySpan<Prediction> losses, Span<double> ofMean, Span<double> ofDeviation)
    {
        int m = _levels.Length;
        ofMean.Clear();
        ofDeviation.Clear();
        int most = _levels.Max(levels => levels.Length);
        var tails = ArrayPool<NormalTail>.Shared.Rent(m * most);
        for (int i = 0; i < m; i++) Tails(_levels[i], losses[i], tails.AsSpan(i * most));
        var terms = ArrayPool<Term>.Shared.Rent(m * _boxes.Length);
        double[] sums = ArrayPool<double>.Shared.Rent(_boxes.Length);
        double largest = double.NegativeInfinity;
        for (int b = 0; b < _boxes.Length; b++)
        {
            sums[b] = Sum(_boxes[b], losses, tails, most, terms.AsSpan(b * m, m));
            largest = Math.Max(largest, sums[b]);
        }

        double total = 0;
        for (int b = 0; b < _boxes.Length && double.IsFinite(largest); b++)
        {
            double weight = Math.Exp(sums[b] - largest);
            if (weight < 1e-300) continue;
            total += weight;
            for (int i = 0; i < m; i++)
            {
                ofMean[i] += weight * terms[(b * m) + i].OfMean;
                ofDeviation[i] += weight * terms[(b * m) + i].OfDeviation;
            }
        }

        for (int i = 0; i < m && total > 0; i++) (ofMean[i], ofDeviation[i]) = (ofMean[i] / total, ofDeviation[i] / total);
        ArrayPool<NormalTail>.Shared.Return(tails);
        ArrayPool<Term>.Shared.Return(terms);
        ArrayPool<double>.Shared.Return(sums);
        return total > 0 ? largest + Math.Log(total) : double.NegativeInfinity;
    }

    private static double Sum((int[] Lower, int[] Upper) box, ReadOnlySpan<Prediction> losses, NormalTail[] tails, int most, Span<Term> terms)
    {
        double sum = 0;
        for (int i = 0; i < terms.Length && sum > double.NegativeInfinity; i++)
        {
            var lower = box.Lower[i] == Unbounded ? new(double.NegativeInfinity, 0, 0, 0) : tails[(i * most) + box.Lower[i]];
            terms[i] = Term.Of(tails[(i * most) + box.Upper[i]], lower, losses[i].Deviation);
            sum += terms[i].Value;
        }

        return sum;
    }

    private static void Tails(double[] levels, Prediction loss, Span<NormalTail> tails)
    {
        for (int k = 0; k < levels.Length; k++)
        {
            double gap = levels[k] - loss.Mean;
            tails[k] = loss.Deviation > 0 ? NormalTail.At(gap / loss.Deviation) : new(0, gap > 0 ? 1 : 0, 0, Math.Max(0, gap));
        }
    }

    /// <summary>D and its derivatives for one side of one box.</summary>
    private readonly record struct Term(double Value, double OfMean, double OfDeviation)
    {
        public static Term Of(NormalTail upper, NormalTail lower, double deviation)
        {
            double scale = deviation > 0 ? deviation : 1;
            double shrink = Math.Exp(lower.Exponent - upper.Exponent);
            double excess = upper.Excess - (shrink * lower.Excess);
            if (!(excess > 0)) return new(double.NegativeInfinity, 0, 0);
            double ofMean = -(upper.Distribution - (shrink * lower.Distribution)) / (scale * excess);
            double ofDeviation = (upper.Density - (shrink * lower.Density)) / (scale * excess);
            return new(upper.Exponent + Math.Log(scale * excess), ofMean, deviation > 0 ? ofDeviation : 0);
        }
    }
}
