namespace Distributed.Search.Tests;

/// <summary>Integrals by Simpson's rule, as an independent check of closed forms.</summary>
internal static class Quadrature
{
    public static double Integrate(Func<double, double> f, double from, double to, int intervals = 4000)
    {
        if (to <= from) return 0;
        double step = (to - from) / intervals;
        double sum = f(from) + f(to);
        for (int i = 1; i < intervals; i++) sum += (i % 2 == 0 ? 2 : 4) * f(from + (i * step));
        return sum * step / 3;
    }
}
