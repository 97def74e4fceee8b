namespace Distributed.Search;

/// <summary>A search space as the unit cube [0, 1]^d, one axis for each parameter that varies.</summary>
/// <remarks>Points have length d. A categorical axis holds the middle of its choice's cell, so that equal choices have equal coordinates.</remarks>
internal sealed class SpaceEncoding
{
    private readonly KeyValuePair<string, ParameterValue>[] _fixed;

    public SpaceEncoding(SearchSpace space)
    {
        Axes = [.. space.Parameters.Select(Axis.Of).OfType<Axis>()];
        _fixed = [.. space.Parameters.OfType<Parameter.Fixed>().Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))];
        long? size = 1;
        foreach (var axis in Axes) size = size is { } so && axis.Levels is { } more && so <= long.MaxValue / more ? so * more : null;
        Size = size;
    }

    /// <summary>The axes, in the order of the space's parameters.</summary>
    public IReadOnlyList<Axis> Axes { get; }

    /// <summary>How many candidates the space holds; null when they are not counted.</summary>
    public long? Size { get; }

    /// <summary>The candidate at a point.</summary>
    public Candidate Decode(ReadOnlySpan<double> point)
    {
        var values = new KeyValuePair<string, ParameterValue>[Axes.Count + _fixed.Length];
        for (int i = 0; i < Axes.Count; i++) values[i] = new(Axes[i].Name, Axes[i].Decode(point[i]));
        _fixed.CopyTo(values, Axes.Count);
        return new(values);
    }

    /// <summary>The point of a candidate; a parameter that it does not hold stands in the middle.</summary>
    public double[] Encode(Candidate candidate) =>
        [.. Axes.Select(axis => candidate.Values.TryGetValue(axis.Name, out var value) ? axis.Encode(value) : 0.5)];

    /// <summary>The candidate with the given number, 0 ≤ number &lt; <see cref="Size"/>; the first axis changes fastest.</summary>
    public Candidate At(long number)
    {
        double[] point = new double[Axes.Count];
        for (int i = 0; i < point.Length; i++)
        {
            long levels = Axes[i].Levels!.Value;
            point[i] = Place(Axes[i], number % levels, levels);
            number /= levels;
        }

        return Decode(point);
    }

    private static double Place(Axis axis, long level, long levels) => axis is IntegerAxis integer
        ? axis.Encode((double)(integer.Parameter.Low + (level * integer.Parameter.Step)))
        : (level + 0.5) / levels;
}
