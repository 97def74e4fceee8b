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
    private const int Threads = 2;
    private readonly Acquisition _acquisition;
    private readonly SpaceEncoding _encoding;
    private readonly SeededRandom _random;
    private readonly TrustRegion? _region;

    /// <param name="acquisition">What is promised.</param>
    /// <param name="encoding">The space.</param>
    /// <param name="random">Where draws come from.</param>
    /// <param name="region">Where to look; null for everywhere.</param>
    public AcquisitionSearch(Acquisition acquisition, SpaceEncoding encoding, SeededRandom random, TrustRegion? region = null) =>
        (_acquisition, _encoding, _random, _region) = (acquisition, encoding, random, region);

    /// <summary>Every candidate that was looked at, the most promising first.</summary>
    /// <remarks>Two threads share the work; what each finds is put together in the order of the work, so that their speed does not matter.</remarks>
    public IReadOnlyList<Scored> Run()
    {
        var sequence = new SobolSequence(_encoding.Axes.Count, _random);
        var places = Enumerable.Range(0, RawPoints).Select(i => Draw(sequence.At((uint)i))).ToList();
        foreach (var parent in _region is null ? _acquisition.Front.Take(Parents) : [])
        {
            for (int i = 0; i < Mutations; i++) places.Add(Mutate(_encoding.Encode(parent)));
        }

        var found = Share(places, place => (List<Scored>)[_acquisition.Score(place)]);
        var starts = Ranked(found).Where(scored => !double.IsNaN(scored.Value)).Take(Starts).ToList();
        if (_acquisition.IsSmooth) starts.AddRange(Spread(found[..RawPoints], SpreadStarts));
        return [.. Ranked([.. found, .. Share(starts, Climb)])];
    }

    /// <summary>Stable: equal ones in the order in which they were met.</summary>
    private static IEnumerable<Scored> Ranked(List<Scored> found) => found.DistinctBy(scored => scored.Candidate).Order(Scored.ByPromise);

    private static List<Scored> Share<T>(List<T> work, Func<T, List<Scored>> scored)
    {
        var found = new List<Scored>[work.Count];
        Parallel.For(0, work.Count, new() { MaxDegreeOfParallelism = Threads }, i => found[i] = scored(work[i]));
        return [.. found.SelectMany(list => list)];
    }

    /// <summary>Everything that was looked at on the way.</summary>
    private List<Scored> Climb(Scored start)
    {
        var met = new List<Scored>();
        Scored Score(double[] place)
        {
            met.Add(_acquisition.Score(place));
            return met[^1];
        }

        IClimb climb = _acquisition.IsSmooth ? new GradientClimb(_acquisition, _encoding, _region, Score) : new PatternClimb(_encoding.Axes, _region, Score);
        climb.From(start);
        return met;
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

    private double[] Draw(double[] draw) => _region is null ? draw : _region.At(draw, _encoding.Axes, _random);

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
