namespace Distributed.Search;

/// <summary>Coordinate pattern search: the first better neighbour is taken; the step shrinks when there is none. In a trust region, steps are parts of its length.</summary>
internal sealed class PatternClimb(IReadOnlyList<Axis> axes, TrustRegion? region, Func<double[], Scored> score) : IClimb
{
    private const int Evaluations = 120;
    private static readonly double[] Steps = [0.1, 0.03, 0.01];

    public Scored From(Scored start)
    {
        var best = start;
        int left = Evaluations;
        foreach (double step in Steps)
        {
            bool improved = true;
            while (improved && left > 0)
            {
                improved = false;
                foreach (double[] place in Neighbours.Of(axes, best.Point, step * (region?.Length ?? 1)).Where(IsInside))
                {
                    if (left-- <= 0) break;
                    var neighbour = score(place);
                    if (Scored.ByPromise.Compare(neighbour, best) >= 0) continue;
                    (best, improved) = (neighbour, true);
                }
            }
        }

        return best;
    }

    private bool IsInside(double[] place) => region is null || region.Holds(place, axes);
}
