namespace Distributed.Search;

/// <summary>A search space as the unit cube [0, 1]^d, one axis for each parameter that varies.</summary>
/// <remarks>
/// Points have length d. A categorical axis holds the middle of its choice's cell, so that equal choices have equal coordinates.
/// Where a parameter takes no part, its coordinate decides nothing: every point decodes to the candidate without it, and the candidate
/// encodes with an imputed coordinate, 0.5 on an ordered axis and 1 on one without an order (no choice stands there, so that taking no
/// part is like a choice of its own). <see cref="Activity"/> tells which coordinates mean something.
/// </remarks>
internal sealed class SpaceEncoding
{
    private const long Walkable = 20_000;
    private const double ImputedOrdered = 0.5;
    private const double ImputedUnordered = 1;
    private readonly Slot[] _slots;
    private readonly IReadOnlyList<SpaceConstraint> _constraints;

    public SpaceEncoding(SearchSpace space)
    {
        Axes = [.. space.Parameters.Select(Axis.Of).OfType<Axis>()];
        _slots = Slots(space.Parameters, Axes);
        _constraints = space.Constraints ?? [];
        IsConditional = _slots.Any(slot => slot.When is not null);
        long? size = 1;
        foreach (var axis in Axes) size = size is { } so && axis.Levels is { } more && so <= long.MaxValue / more ? so * more : null;
        Size = size;
    }

    /// <summary>The axes, in the order of the space's parameters.</summary>
    public IReadOnlyList<Axis> Axes { get; }

    /// <summary>How many candidates the space holds, where conditions or constraints stand at most; null when they are not counted.</summary>
    public long? Size { get; }

    /// <summary>The names of all parameters, parents first.</summary>
    public IReadOnlyList<string> Names => [.. _slots.Select(slot => slot.Name)];

    /// <summary>Whether some parameters take part in some candidates only.</summary>
    public bool IsConditional { get; }

    /// <summary>Whether the space has constraints.</summary>
    public bool IsConstrained => _constraints.Count > 0;

    /// <summary>Whether a candidate keeps the space's constraints.</summary>
    public bool Allows(Candidate candidate) => Violation(candidate) == 0;

    /// <summary>How far a candidate breaks the space's constraints, summed over them; 0 when it keeps all.</summary>
    public double Violation(Candidate candidate)
    {
        double sum = 0;
        for (int i = 0; i < _constraints.Count; i++) sum += _constraints[i].Violation(candidate);
        return sum;
    }

    /// <summary>The candidate at a point: the parameters that take part there.</summary>
    public Candidate Decode(ReadOnlySpan<double> point)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>(_slots.Length);
        var decided = new ParameterValue?[_slots.Length];
        for (int i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[i];
            if (!slot.TakesPart(decided)) continue;
            var value = slot.Axis is { } axis ? Axes[axis].Decode(point[axis]) : slot.Value!;
            decided[i] = value;
            values.Add(new(slot.Name, value));
        }

        return new(values);
    }

    /// <summary>The point of a candidate; see the remarks for what it does not hold.</summary>
    public double[] Encode(Candidate candidate) => [.. Axes.Select(axis => candidate.Values.TryGetValue(axis.Name, out var value)
        ? axis.Encode(value)
        : axis.IsOrdered ? ImputedOrdered : ImputedUnordered)];

    /// <summary>For each axis whether its parameter takes part in the candidate.</summary>
    public bool[] Activity(Candidate candidate) => [.. Axes.Select(axis => candidate.Values.ContainsKey(axis.Name))];

    /// <summary>
    /// The one form of all candidates that mean the same: values rounded as the space rounds them, and nothing of what takes no part or
    /// the space does not know. What a candidate lacks stays out.
    /// </summary>
    /// <exception cref="ArgumentException">A value is none of its parameter.</exception>
    public Candidate Canonical(Candidate candidate)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>(_slots.Length);
        var decided = new ParameterValue?[_slots.Length];
        for (int i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[i];
            if (!slot.TakesPart(decided) || !candidate.Values.TryGetValue(slot.Name, out var given)) continue;
            decided[i] = slot.Axis is { } axis ? Axes[axis].Decode(Axes[axis].Encode(given)) : slot.Value;
            values.Add(new(slot.Name, decided[i]!));
        }

        return new(values);
    }

    /// <summary>A candidate of the values that are asked for, parameter by parameter down the tree, only of those that take part.</summary>
    /// <param name="value">Gives the value for a name: one of its axis, or the fixed one where there is no axis.</param>
    public Candidate Build(Func<string, Axis?, ParameterValue?, ParameterValue> value)
    {
        var values = new List<KeyValuePair<string, ParameterValue>>(_slots.Length);
        var decided = new ParameterValue?[_slots.Length];
        for (int i = 0; i < _slots.Length; i++)
        {
            var slot = _slots[i];
            if (!slot.TakesPart(decided)) continue;
            decided[i] = value(slot.Name, slot.Axis is { } axis ? Axes[axis] : null, slot.Value);
            values.Add(new(slot.Name, decided[i]!));
        }

        return new(values);
    }

    /// <summary>Whether the space is small enough to be walked whole.</summary>
    public bool IsWalkable => Size <= Walkable;

    /// <summary>All of a space that is small enough to be walked, allowed or not; none of another.</summary>
    public IEnumerable<Candidate> Walk()
    {
        for (long i = 0; IsWalkable && i < Size; i++) yield return At(i);
    }

    /// <summary>The candidate with the given number, 0 ≤ number &lt; <see cref="Size"/>; the first axis changes fastest. Conditions make some the same.</summary>
    public Candidate At(long number)
    {
        double[] point = new double[Axes.Count];
        for (int i = 0; i < point.Length; i++)
        {
            long levels = Axes[i].Levels!.Value;
            point[i] = Axes[i].PlaceOf(number % levels);
            number /= levels;
        }

        return Decode(point);
    }

    private static Slot[] Slots(IReadOnlyList<Parameter> parameters, IReadOnlyList<Axis> axes)
    {
        var order = ParentsFirst.Order(parameters) ?? throw new ArgumentException("The conditions go in a circle.", nameof(parameters));
        var axisOf = axes.Select((axis, i) => (axis.Name, i)).ToDictionary(pair => pair.Name, pair => pair.i, StringComparer.Ordinal);
        var places = order.Select((index, place) => (parameters[index].Name, place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        return [.. order.Select(index => parameters[index]).Select(parameter => new Slot(
            parameter.Name,
            axisOf.TryGetValue(parameter.Name, out int axis) ? axis : null,
            (parameter as Parameter.Fixed)?.Value,
            parameter.When,
            parameter.When is { } when && places.TryGetValue(when.Parameter, out int parent) ? parent : -1))];
    }

    /// <summary>A parameter in the order of the tree: an axis or a fixed value, and the slot that its condition asks for (−1 for none).</summary>
    private sealed record Slot(string Name, int? Axis, ParameterValue? Value, Condition? When, int Parent)
    {
        public bool TakesPart(ParameterValue?[] decided) => When is null || (Parent >= 0 && When.Holds(decided[Parent]));
    }
}
