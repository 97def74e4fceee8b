using static Distributed.Testing.WfgTransformations;

namespace Distributed.Testing;

/// <summary>WFG1 to WFG9 (Huband, Hingston, Barone and While 2006).</summary>
/// <remarks>
/// Notation: m objectives, k = 2(m − 1) position and l = 4 distance parameters, n = k + l; z_i ∈ [0, 2i], y_i = z_i/(2i). Transformations take y to
/// t ∈ [0,1]^m; x_i = max(t_m, A_i)(t_i − ½) + ½ for i &lt; m, x_m = t_m; f_i = x_m + 2i h_i(x). The front is where x_m = 0. The reference is 2i + 1; on WFG4
/// to 9 the front is an ellipsoid, so that the largest hypervolume is the box less the ellipsoid's part.
/// </remarks>
internal static class Wfg
{
    private const int Distance = 4;
    private const double Lean = 0.98 / 49.98;

    private delegate double[] Transformation(double[] y, int k);

    /// <summary>All nine with so many objectives; "WFG4-3" has three.</summary>
    public static IEnumerable<TestProblem> Of(int objectives)
    {
        int blocks = objectives - 1;
        Transformation sums = (y, k) => Blocks(y, k, blocks, part => Mean(part, _ => 1));
        Transformation bound = (y, k) => Blocks(y, k, blocks, part => NonSeparable(part, part.Length));
        Transformation pairs = (y, k) => [.. y[..k], .. Enumerable.Range(0, (y.Length - k) / 2).Select(i => NonSeparable(y[(k + (2 * i))..(k + (2 * i) + 2)], 2))];
        Transformation weighted = (y, k) => Weighted(y, k, blocks);
        yield return Problem(1, objectives, WfgShapes.Mixed, [Shifted, Flat, (y, _) => [.. y.Select(u => Math.Pow(u, 0.02))], weighted]);
        yield return Problem(2, objectives, WfgShapes.Disconnected, [Shifted, pairs, sums]);
        yield return Problem(3, objectives, WfgShapes.Linear, [Shifted, pairs, sums], degenerate: true);
        yield return Problem(4, objectives, WfgShapes.Concave, [(y, _) => [.. y.Select(u => Multimodal(u, 30, 10, 0.35))], sums]);
        yield return Problem(5, objectives, WfgShapes.Concave, [(y, _) => [.. y.Select(u => Deceptive(u, 0.35, 0.001, 0.05))], sums]);
        yield return Problem(6, objectives, WfgShapes.Concave, [Shifted, bound]);
        yield return Problem(7, objectives, WfgShapes.Concave, [(y, k) => [.. y.Select((u, i) => i < k ? After(y, i) : u)], Shifted, sums]);
        yield return Problem(8, objectives, WfgShapes.Concave, [(y, k) => [.. y.Select((u, i) => i < k ? u : Before(y, i))], Shifted, sums]);
        yield return Problem(9, objectives, WfgShapes.Concave,
            [(y, _) => [.. y.Select((u, i) => i < y.Length - 1 ? After(y, i) : u)], (y, k) => [.. y.Select((u, i) => i < k ? Deceptive(u, 0.35, 0.001, 0.05) : Multimodal(u, 30, 95, 0.35))], bound]);
    }

    private static TestProblem Problem(int number, int objectives, Func<double[], double[]> shape, Transformation[] steps, bool degenerate = false)
    {
        int position = 2 * (objectives - 1);
        double[] reference = [.. Enumerable.Range(1, objectives).Select(i => (2.0 * i) + 1)];
        double below = Dtlz.Ball(objectives) * reference.Aggregate(1.0, (volume, r) => volume * (r - 1));
        return new()
        {
            Name = objectives == 2 ? Invariant($"WFG{number}") : Invariant($"WFG{number}-{objectives}"),
            Space = TestProblem.Reals([.. Enumerable.Range(1, position + Distance).Select(i => (0.0, 2.0 * i))]),
            Objectives = z => Evaluate([.. z.Select((value, i) => value / (2 * (i + 1)))], position, shape, steps, degenerate),
            Reference = reference,
            MaxHypervolume = number >= 4 ? reference.Aggregate(1.0, (volume, r) => volume * r) - below : null,
        };
    }

    private static double[] Evaluate(double[] y, int position, Func<double[], double[]> shape, Transformation[] steps, bool degenerate)
    {
        double[] t = steps.Aggregate(y, (now, step) => step(now, position));
        double far = t[^1];
        double[] x = [.. t[..^1].Select((u, i) => (Math.Max(far, degenerate && i > 0 ? 0 : 1) * (u - 0.5)) + 0.5)];
        return [.. shape(x).Select((height, i) => far + (2 * (i + 1) * height))];
    }

    private static double[] Shifted(double[] y, int k) => [.. y.Select((u, i) => i < k ? u : Linear(u, 0.35))];

    private static double[] Flat(double[] y, int k) => [.. y.Select((u, i) => i < k ? u : WfgTransformations.Flat(u, 0.8, 0.75, 0.85))];

    private static double After(double[] y, int i) => Dependent(y[i], y[(i + 1)..].Average(), Lean, 0.02, 50);

    private static double Before(double[] y, int i) => Dependent(y[i], y[..i].Average(), Lean, 0.02, 50);

    private static double[] Weighted(double[] y, int k, int blocks)
    {
        int size = k / blocks;
        return [.. Enumerable.Range(0, blocks).Select(b => Mean(y[(b * size)..((b + 1) * size)], i => 2 * ((b * size) + i + 1))), Mean(y[k..], i => 2 * (k + i + 1))];
    }

    private static double[] Blocks(double[] y, int k, int blocks, Func<double[], double> reduce)
    {
        int size = k / blocks;
        return [.. Enumerable.Range(0, blocks).Select(b => reduce(y[(b * size)..((b + 1) * size)])), reduce(y[k..])];
    }
}
