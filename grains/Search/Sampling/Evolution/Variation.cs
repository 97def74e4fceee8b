namespace Distributed.Search;

/// <summary>Makes children of two points of the unit cube.</summary>
/// <remarks>
/// Continuous axes: simulated binary crossover (Deb and Agrawal 1995; η_c = 15, on each axis with probability ½) and polynomial mutation
/// (Deb and Goyal 1996; η_m = 5: wide steps, as budgets are small), both kept inside [0, 1]. Axes with few values: the value of either parent, mutated to a neighbour where
/// there is an order and to any value where there is none. Each axis mutates with probability 1/d, and at least one of an unchanged child.
/// </remarks>
internal sealed class Variation(IReadOnlyList<Axis> axes, SeededRandom random)
{
    private const double CrossoverIndex = 15;
    private const double MutationIndex = 5;
    private const long Few = 16;

    /// <summary>One child.</summary>
    public double[] Child(double[] first, double[] second)
    {
        double[] child = new double[axes.Count];
        for (int d = 0; d < child.Length; d++)
        {
            double own = random.NextDouble() < 0.5 ? first[d] : second[d];
            double other = own == first[d] ? second[d] : first[d];
            child[d] = IsFew(axes[d]) || random.NextDouble() < 0.5 ? own : Cross(own, other);
            if (random.NextDouble() * axes.Count < 1) child[d] = Mutate(axes[d], child[d]);
        }

        int some = random.Next(axes.Count);
        if (child.AsSpan().SequenceEqual(first) || child.AsSpan().SequenceEqual(second)) child[some] = Mutate(axes[some], child[some]);
        return child;
    }

    private static bool IsFew(Axis axis) => axis.Levels <= Few;

    /// <summary>½[(1 + β) x + (1 − β) y], β = (2u)^{1/(η+1)} for u ≤ ½ and (2(1 − u))^{−1/(η+1)} above.</summary>
    private double Cross(double x, double y)
    {
        double u = random.NextDouble();
        double spread = u <= 0.5 ? Math.Pow(2 * u, 1 / (CrossoverIndex + 1)) : Math.Pow(2 * (1 - u), -1 / (CrossoverIndex + 1));
        return Math.Clamp(0.5 * (((1 + spread) * x) + ((1 - spread) * y)), 0, 1);
    }

    private double Mutate(Axis axis, double x)
    {
        if (!axis.IsOrdered) return random.NextDouble();
        if (IsFew(axis)) return Math.Clamp(x + ((random.NextDouble() < 0.5 ? -1.0 : 1.0) / axis.Levels!.Value), 0, 1);
        double u = random.NextDouble();
        double power = 1 / (MutationIndex + 1);
        double step = u < 0.5
            ? Math.Pow((2 * u) + ((1 - (2 * u)) * Math.Pow(1 - x, MutationIndex + 1)), power) - 1
            : 1 - Math.Pow((2 * (1 - u)) + ((2 * u) - 1) * Math.Pow(x, MutationIndex + 1), power);
        return Math.Clamp(x + step, 0, 1);
    }
}
