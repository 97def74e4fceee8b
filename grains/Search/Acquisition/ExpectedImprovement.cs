namespace Distributed.Search;

/// <summary>The expected hypervolume improvement over a front, exact for independent normal losses, known ones among them.</summary>
/// <remarks>
/// Notation: f_i ~ N(μ_i, σ_i²) independent losses, i &lt; m ≤ 3, σ_i = 0 for a known cost; r reference; ψ_i(t) = E[(t − f_i)⁺].
/// The part of (−∞, r) that the front does not dominate is cut into disjoint boxes [l, u); the improvement of f in a box is
/// Π_i ((u_i − f_i)⁺ − (l_i − f_i)⁺), so that EHVI = Σ_boxes Π_i (ψ_i(u_i) − ψ_i(l_i)) (Yang, Emmerich, Deutz and Bäck 2019; for one modelled
/// objective this is the sum over the segments of the staircase). Box bounds are coordinates of the front, so ψ_i is evaluated once for
/// each of these; a front of n points takes n + 1 boxes for m = 2 and at most (n + 1)(n + 2)/2 for m = 3.
/// </remarks>
internal sealed class ExpectedImprovement
{
    private const int Unbounded = -1;
    private readonly double[][] _levels;
    private readonly List<(int[] Lower, int[] Upper)> _boxes = [];

    /// <param name="front">Losses; dominated points and points outside the reference do no harm.</param>
    /// <param name="reference">Losses of the reference, length m, 1 ≤ m ≤ 3.</param>
    public ExpectedImprovement(IEnumerable<double[]> front, double[] reference)
    {
        var inside = front.Where(point => point.Zip(reference).All(pair => pair.First < pair.Second)).ToList();
        _levels = [.. reference.Select((bound, i) => inside.Select(point => point[i]).Append(bound).Distinct().Order().ToArray())];
        var ranked = inside.ConvertAll(point => point.Select((loss, i) => Array.BinarySearch(_levels[i], loss)).ToArray());
        Decompose(ranked, []);
    }

    /// <summary>The expectation for one candidate.</summary>
    /// <param name="losses">Mean and deviation of each loss.</param>
    public double Of(ReadOnlySpan<Prediction> losses)
    {
        double[][] below = new double[_levels.Length][];
        for (int i = 0; i < _levels.Length; i++) below[i] = Below(_levels[i], losses[i]);
        double sum = 0;
        foreach ((int[] lower, int[] upper) in _boxes)
        {
            double product = 1;
            for (int i = 0; i < lower.Length && product > 0; i++)
                product *= below[i][upper[i]] - (lower[i] == Unbounded ? 0 : below[i][lower[i]]);
            sum += product;
        }

        return sum;
    }

    /// <summary>ψ at every level; −f has mean −μ, so ψ(t) = E[(−f − (−t))⁺].</summary>
    private static double[] Below(double[] levels, Prediction loss)
    {
        double[] below = new double[levels.Length];
        for (int k = 0; k < levels.Length; k++) below[k] = Normal.Excess(-loss.Mean, loss.Deviation, -levels[k]);
        return below;
    }

    /// <summary>
    /// Cuts along the last coordinate not yet cut: between two successive levels only the points at or below the lower one dominate.
    /// </summary>
    /// <param name="points">Ranks of the points that dominate here.</param>
    /// <param name="cut">Bounds of the coordinates already cut, the last coordinate first.</param>
    private void Decompose(List<int[]> points, List<(int Lower, int Upper)> cut)
    {
        int coordinate = _levels.Length - 1 - cut.Count;
        int reference = _levels[coordinate].Length - 1;
        int[] ranks = [.. points.Select(point => point[coordinate]).Distinct().Order().Prepend(Unbounded)];
        for (int k = 0; k < ranks.Length; k++)
        {
            int upper = k + 1 < ranks.Length ? ranks[k + 1] : reference;
            var dominating = points.FindAll(point => point[coordinate] <= ranks[k]);
            List<(int, int)> bounds = [.. cut, (ranks[k], upper)];
            if (coordinate > 0) Decompose(dominating, bounds);
            else if (dominating.Count == 0) Add(bounds);
        }
    }

    private void Add(List<(int Lower, int Upper)> bounds)
    {
        bounds.Reverse();
        _boxes.Add(([.. bounds.Select(bound => bound.Lower)], [.. bounds.Select(bound => bound.Upper)]));
    }
}
