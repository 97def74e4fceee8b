namespace Distributed.Search;

/// <summary>
/// Finds the candidates that promise most: scrambled Sobol points over the whole space and mutations of the front are scored, and the best of
/// them are climbed from: along the gradient where the promise is a smooth function of the point, by pattern search where it is not.
/// </summary>
internal sealed class AcquisitionSearch
{
    private const int RawPoints = 512;
    private const int Parents = 12;
    private const int Mutations = 12;
    private const int Starts = 8;
    private const int SpreadStarts = 6;
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
        List<Scored> raw = [.. Enumerable.Range(0, RawPoints).Select(i => Score(sequence.At((uint)i)))];
        foreach (var parent in _acquisition.Front.Take(Parents))
        {
            for (int i = 0; i < Mutations; i++) Score(Mutate(_encoding.Encode(parent)));
        }

        IClimb climb = _acquisition.IsSmooth ? new GradientClimb(_acquisition, _encoding.Axes, Score) : new PatternClimb(_encoding.Axes, Score);
        var starts = Ranked().Where(scored => !double.IsNaN(scored.Value)).Take(Starts).ToList();
        if (_acquisition.IsSmooth) starts.AddRange(Spread(raw, SpreadStarts));
        foreach (var start in starts) climb.From(start);
        return [.. Ranked()];
    }

    /// <summary>
    /// Some of the scored points, drawn without replacement with odds exp(z) of their standardised values, so that regions which promise
    /// less at first sight are climbed too (Balandat and others 2020, appendix F.1; drawn by the Gumbel trick).
    /// </summary>
    private IEnumerable<Scored> Spread(List<Scored> scored, int count)
    {
        scored = scored.FindAll(one => double.IsFinite(one.Value));
        if (scored.Count == 0) return [];
        double mean = scored.Average(one => one.Value);
        double deviation = Math.Sqrt(scored.Average(one => (one.Value - mean) * (one.Value - mean))) + 1e-300;
        double Key(Scored one) => ((one.Value - mean) / deviation) - Math.Log(-Math.Log(1 - _random.NextDouble()));
        return [.. scored.Select(one => (one, Key: Key(one))).OrderByDescending(pair => pair.Key).Take(count).Select(pair => pair.one)];
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
}
