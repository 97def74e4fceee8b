namespace Distributed.Search;

/// <summary>
/// Finds the candidates that promise most: scrambled Sobol points over the whole space, mutations of the front, and pattern search from the
/// best of these.
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int RawPoints = 1024;
    private const int Parents = 12;
    private const int Mutations = 12;
    private const int Starts = 4;
    private const int EvaluationsPerStart = 120;
    private static readonly double[] Steps = [0.1, 0.03, 0.01];
    private readonly Acquisition _acquisition;
    private readonly SpaceEncoding _encoding;
    private readonly SeededRandom _random;
    private readonly Dictionary<Candidate, Scored> _scored = [];

    public AcquisitionSearch(Acquisition acquisition, SpaceEncoding encoding, SeededRandom random) =>
        (_acquisition, _encoding, _random) = (acquisition, encoding, random);

    /// <summary>Every candidate that was looked at, the most promising first.</summary>
    public IReadOnlyList<Scored> Run()
    {
        var sequence = new SobolSequence(_encoding.Axes.Count, _random);
        for (int i = 0; i < RawPoints; i++) Score(sequence.At((uint)i));
        foreach (var parent in _acquisition.Front.Take(Parents))
        {
            for (int i = 0; i < Mutations; i++) Score(Mutate(_encoding.Encode(parent)));
        }

        var starts = Ranked().Where(scored => !double.IsNaN(scored.Value)).Take(Starts).ToList();
        foreach (var start in starts) Climb(start);
        return [.. Ranked()];
    }

    /// <summary>Stable: equal ones in the order in which they were met.</summary>
    private IOrderedEnumerable<Scored> Ranked() => _scored.Values.Order(Scored.ByPromise);

    private Scored Score(double[] place)
    {
        var scored = _acquisition.Score(place);
        return _scored.TryGetValue(scored.Candidate, out var known) ? known : _scored[scored.Candidate] = scored;
    }

    /// <summary>Moves one to three coordinates by a normal step of 0.1, or to another choice.</summary>
    private double[] Mutate(double[] point)
    {
        int moves = 1 + _random.Next(3);
        for (int i = 0; i < moves; i++)
        {
            int axis = _random.Next(point.Length);
            point[axis] = _encoding.Axes[axis].IsOrdered
                ? Math.Clamp(point[axis] + (0.1 * _random.NextNormal()), 0, 1)
                : _random.NextDouble();
        }

        return point;
    }

    /// <summary>Coordinate pattern search: the first better neighbour is taken; the step shrinks when there is none.</summary>
    private void Climb(Scored best)
    {
        int left = EvaluationsPerStart;
        foreach (double step in Steps)
        {
            bool improved = true;
            while (improved && left > 0)
            {
                improved = false;
                foreach (double[] place in Neighbours(best.Point, step))
                {
                    if (left-- <= 0) break;
                    var neighbour = Score(place);
                    if (Scored.ByPromise.Compare(neighbour, best) >= 0) continue;
                    (best, improved) = (neighbour, true);
                }
            }
        }
    }

    /// <summary>One coordinate changed: by a step but at least to the next value, or to each other choice.</summary>
    private IEnumerable<double[]> Neighbours(double[] point, double step)
    {
        for (int axis = 0; axis < point.Length; axis++)
        {
            foreach (double place in Places(_encoding.Axes[axis], point[axis], step))
            {
                double[] neighbour = [.. point];
                neighbour[axis] = place;
                yield return neighbour;
            }
        }
    }

    private static IEnumerable<double> Places(Axis axis, double place, double step)
    {
        double cell = axis.Levels is { } levels ? 1.0 / levels : 0;
        if (!axis.IsOrdered)
            return Enumerable.Range(0, (int)axis.Levels!.Value).Select(i => (i + 0.5) * cell).Where(other => Math.Abs(other - place) > cell / 2);
        double move = Math.Max(step, cell);
        return new[] { place + move, place - move }.Where(other => other is >= 0 and <= 1);
    }
}
