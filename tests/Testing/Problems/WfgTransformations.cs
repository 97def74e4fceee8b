namespace Distributed.Testing;

/// <summary>The transformations of the WFG toolkit (Huband, Hingston, Barone and While 2006, table XI). All take [0, 1] to [0, 1]; symbols are theirs.</summary>
internal static class WfgTransformations
{
    /// <summary>b_flat: the value A between B and C.</summary>
    public static double Flat(double y, double a, double b, double c) => Bounded(
        a + (Math.Min(0, Math.Floor(y - b)) * a * (b - y) / b) - (Math.Min(0, Math.Floor(c - y)) * (1 - a) * (y - c) / (1 - c)));

    /// <summary>b_param: y to a power between B and C that depends on u.</summary>
    public static double Dependent(double y, double u, double a, double b, double c) =>
        Bounded(Math.Pow(y, b + ((c - b) * (a - ((1 - (2 * u)) * Math.Abs(Math.Floor(0.5 - u) + a))))));

    /// <summary>s_linear: 0 at A.</summary>
    public static double Linear(double y, double a) => Bounded(Math.Abs(y - a) / Math.Abs(Math.Floor(a - y) + a));

    /// <summary>s_decept: 0 at A, and a wide false minimum of C at each end.</summary>
    public static double Deceptive(double y, double a, double b, double c)
    {
        double left = Math.Floor(y - a + b) * (1 - c + ((a - b) / b)) / (a - b);
        double right = Math.Floor(a + b - y) * (1 - c + ((1 - a - b) / b)) / (1 - a - b);
        return Bounded(1 + ((Math.Abs(y - a) - b) * (left + right + (1 / b))));
    }

    /// <summary>s_multi: 0 at C, and A minima on either side, the deeper the smaller B.</summary>
    public static double Multimodal(double y, double a, double b, double c)
    {
        double far = Math.Abs(y - c) / (2 * (Math.Floor(c - y) + c));
        return Bounded((1 + Math.Cos(((4 * a) + 2) * Math.PI * (0.5 - far)) + (4 * b * far * far)) / (b + 2));
    }

    /// <summary>r_sum: the weighted mean.</summary>
    public static double Mean(double[] y, Func<int, double> weight) => Bounded(y.Select((u, i) => u * weight(i)).Sum() / y.Select((_, i) => weight(i)).Sum());

    /// <summary>r_nonsep of degree A.</summary>
    public static double NonSeparable(double[] y, int degree)
    {
        double sum = 0;
        for (int j = 0; j < y.Length; j++)
        {
            sum += y[j];
            for (int k = 0; k <= degree - 2; k++) sum += Math.Abs(y[j] - y[(1 + j + k) % y.Length]);
        }

        double half = Math.Ceiling(degree / 2.0);
        return Bounded(sum / ((double)y.Length / degree * half * (1 + (2 * degree) - (2 * half))));
    }

    /// <summary>Rounding may miss an end by a hair, which the powers of WFG1 would make much of; the toolkit does the same.</summary>
    private static double Bounded(double value) => value switch
    {
        < 1e-10 => 0,
        > 1 - 1e-10 => 1,
        _ => value,
    };
}
