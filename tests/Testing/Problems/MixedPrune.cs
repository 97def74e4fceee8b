using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>
/// Pruning and quantising a network of eight layers in closed form: a ratio for each layer, a scheme (choice) and a precision level (whole
/// number); accuracy lost in percentage points against latency in ms. The largest hypervolume is a lower bound found numerically.
/// </summary>
/// <remarks>
/// Notation: r_i ratio of layer i, s_i its sensitivity, t_i its time; for scheme c a_c harm, p_c exponent, e_c effect on time; for precision
/// k q_k harm, l_k time. D = Σ s_i r_i^{p_c} + ¼ Σ √(s_i s_{i+1}) r_i r_{i+1}; Z = a_c D + q_k (1 + 2 mean r); f₁ = 83 (1 − e^{−Z});
/// f₂ = l_k (1.5 + Σ t_i (1 − e_c (1 − (1 − r_i)(1 − ½ r_{i−1})))).
/// </remarks>
internal static class MixedPrune
{
    private static readonly double[] Sensitivity = [.60, .42, .30, .22, .16, .14, .18, .35];
    private static readonly double[] Time = [1.2, 1.6, 2.0, 2.4, 2.4, 2.0, 1.4, 0.5];
    private static readonly (double Harm, double Exponent, double Effect)[] Schemes = [(.50, 2.6, .30), (1.00, 2.0, .90), (.80, 2.3, .85), (.65, 1.6, .60)];
    private static readonly (double Harm, double Time)[] Precisions = [(0, 1), (.004, .72), (.030, .50), (.160, .40)];

    public static TestProblem Problem { get; } = new()
    {
        Name = "MixedPrune",
        Space = new(
        [
            .. Enumerable.Range(0, 8).Select(i => new Parameter.Real(Invariant($"r{i}"), 0, 0.9)),
            new Parameter.Categorical("scheme", ["0", "1", "2", "3"]),
            new Parameter.Integer("precision", 1, 4),
        ]),
        Objectives = x => [Lost(x[..8], Schemes[(int)x[8]], Precisions[(int)x[9] - 1].Harm), Latency(x[..8], Schemes[(int)x[8]].Effect, Precisions[(int)x[9] - 1].Time)],
        Reference = [40, 12],
        MaxHypervolume = 284.4192,
        KnownObjective = 1,
    };

    private static double Lost(double[] ratios, (double Harm, double Exponent, double Effect) scheme, double precision)
    {
        double alone = ratios.Select((ratio, i) => Sensitivity[i] * Math.Pow(ratio, scheme.Exponent)).Sum();
        double together = 0.25 * Enumerable.Range(0, 7).Sum(i => Math.Sqrt(Sensitivity[i] * Sensitivity[i + 1]) * ratios[i] * ratios[i + 1]);
        double harm = (scheme.Harm * (alone + together)) + (precision * (1 + (2 * ratios.Average())));
        return 83 * (1 - Math.Exp(-harm));
    }

    private static double Latency(double[] ratios, double effect, double precision)
    {
        double sum = 1.5;
        for (int i = 0; i < ratios.Length; i++)
        {
            double kept = (1 - ratios[i]) * (1 - (0.5 * (i == 0 ? 0 : ratios[i - 1])));
            sum += Time[i] * (1 - (effect * (1 - kept)));
        }

        return precision * sum;
    }
}
