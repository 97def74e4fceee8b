namespace Distributed.Search;

/// <summary>A box around a point of the unit cube; axes without an order are open over their whole range.</summary>
/// <param name="Centre">Length d.</param>
/// <param name="Length">Of a side; the box is cut at the cube.</param>
internal sealed record TrustRegion(double[] Centre, double Length)
{
    /// <summary>Coordinates that a drawn point takes from its draw, at most on average; the others stay at the centre (Eriksson and others 2019).</summary>
    private const double MostMoves = 20;
    private const double Rounding = 1e-9;

    /// <summary>The lower end in one coordinate.</summary>
    public double Lower(int axis) => Math.Max(0, Centre[axis] - (0.5 * Length));

    /// <summary>The upper end in one coordinate.</summary>
    public double Upper(int axis) => Math.Min(1, Centre[axis] + (0.5 * Length));

    /// <summary>Whether a point lies in the region; one value beyond it where values are counted, since a small region would hold them fast.</summary>
    public bool Holds(double[] point, IReadOnlyList<Axis> axes)
    {
        for (int i = 0; i < point.Length; i++)
        {
            double beyond = axes[i].Levels is { } levels ? 1.0 / levels : Rounding;
            if (axes[i].IsOrdered && (point[i] < Lower(i) - beyond || point[i] > Upper(i) + beyond)) return false;
        }

        return true;
    }

    /// <summary>A point of the region for a uniform draw from the cube.</summary>
    public double[] At(double[] draw, IReadOnlyList<Axis> axes, SeededRandom random)
    {
        double[] point = new double[draw.Length];
        for (int i = 0; i < draw.Length; i++)
        {
            bool moves = random.NextDouble() < MostMoves / draw.Length;
            point[i] = !moves ? Centre[i] : axes[i].IsOrdered ? Lower(i) + (draw[i] * (Upper(i) - Lower(i))) : draw[i];
        }

        return point;
    }

    /// <summary>Squared distance to the centre; a different choice counts as a whole side of the cube.</summary>
    public double Distance(double[] point, IReadOnlyList<Axis> axes)
    {
        double sum = 0;
        for (int i = 0; i < point.Length; i++)
        {
            double difference = axes[i].IsOrdered ? point[i] - Centre[i] : point[i] == Centre[i] ? 0 : 1;
            sum += difference * difference;
        }

        return sum;
    }
}
