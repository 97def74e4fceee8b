namespace Distributed.Search;

/// <summary>Points whose candidates keep the constraints of a space. Deterministic: the same space always gives the same points.</summary>
internal sealed class AllowedPoints
{
    private const int Draws = 2048;
    private const int Descents = 16;
    private const int Halvings = 24;
    private static readonly double[] Places = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1];
    private readonly SpaceEncoding _encoding;

    public AllowedPoints(SpaceEncoding encoding)
    {
        _encoding = encoding;
        Anchor = Find();
    }

    /// <summary>A point that is allowed, the centre if it is; null when none was found, and in a space small enough to be walked when there is none.</summary>
    public double[]? Anchor { get; }

    /// <summary>
    /// The candidate of a point, drawn towards the anchor as far as the constraints ask for: on the straight line between both, the farthest
    /// that bisection finds allowed. Null when there is no anchor.
    /// </summary>
    public Candidate? Drawn(ReadOnlySpan<double> point)
    {
        if (Anchor is null) return null;
        double[] place = new double[point.Length];
        double allowed = 0;
        double forbidden = 1;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (allowed + forbidden) / 2;
            for (int d = 0; d < place.Length; d++) place[d] = Anchor[d] + (middle * (point[d] - Anchor[d]));
            if (_encoding.Allows(_encoding.Decode(place))) allowed = middle;
            else forbidden = middle;
        }

        for (int d = 0; d < place.Length; d++) place[d] = Anchor[d] + (allowed * (point[d] - Anchor[d]));
        return _encoding.Decode(place);
    }

    private double[]? Find()
    {
        double[] centre = new double[_encoding.Axes.Count];
        Array.Fill(centre, 0.5);
        if (Violation(centre) == 0) return centre;
        var sequence = new SobolSequence(_encoding.Axes.Count, new(0, "allowed-points"));
        List<(double Violation, double[] Point)> drawn = [(Violation(centre), centre)];
        for (int i = 0; i < Draws; i++)
        {
            double[] point = sequence.At((uint)i);
            double violation = Violation(point);
            if (violation == 0) return point;
            drawn.Add((violation, point));
        }

        return drawn.OrderBy(one => one.Violation).Take(Descents).Select(one => Descend(one.Point)).FirstOrDefault(point => point is not null)
            ?? _encoding.Walk().Where(_encoding.Allows).Select(_encoding.Encode).FirstOrDefault();
    }

    /// <summary>Moves one coordinate after the other to where the constraints are broken least, until they are kept or nothing helps.</summary>
    private double[]? Descend(double[] point)
    {
        double best = Violation(point);
        for (bool moved = true; moved && best > 0;)
        {
            moved = false;
            for (int d = 0; d < point.Length; d++)
            {
                double kept = point[d];
                foreach (double place in Places)
                {
                    point[d] = place;
                    double violation = Violation(point);
                    if (violation < best) (best, kept, moved) = (violation, place, true);
                }

                point[d] = kept;
            }
        }

        return best == 0 ? point : null;
    }

    private double Violation(double[] point) => _encoding.Violation(_encoding.Decode(point));
}
