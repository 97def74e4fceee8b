using System.Collections.Immutable;
using Distributed.Sweeps;

namespace Distributed.Compression.Grouping;

/// <summary>Which channels of a network live or die together, and where each of them stands in weights and values.</summary>
internal sealed record ModelGrouping
{
    /// <summary>What goes where whole groups could go, or places inside of each.</summary>
    public required Closure Closure { get; init; }

    /// <summary>The prunable families, in the order of their first layer.</summary>
    public required ImmutableArray<Family> Families { get; init; }

    /// <summary>For every graph input and node output: which unit each position belongs to.</summary>
    public required ImmutableDictionary<string, AxisUnits> Values { get; init; }

    /// <summary>For every sliced axis of an initializer, by name and axis: which unit each position belongs to.</summary>
    public required ImmutableSortedDictionary<(string Name, int Axis), ImmutableArray<int>> Initializers { get; init; }

    /// <summary>Inputs of nodes whose labelled axis is summed over: where a removed channel makes itself felt.</summary>
    public required ImmutableArray<(string Node, int Input)> Consumers { get; init; }

    /// <summary>The family of each layer's output channels, by node; the first one where a layer feeds several.</summary>
    public required ImmutableDictionary<string, string> FamilyOf { get; init; }

    /// <summary>Why layers keep (some of) their output channels, by node.</summary>
    public required ImmutableDictionary<string, string> Pinned { get; init; }

    /// <summary>The number of the first unit of each family; units are numbered through.</summary>
    public required ImmutableArray<int> FirstUnits { get; init; }

    /// <summary>Removable units in all.</summary>
    public int UnitCount => Families.Sum(family => family.Width);

    /// <summary>Whether another grouping has the same families of the same units.</summary>
    public bool IsLike(ModelGrouping other) => Families.Length == other.Families.Length && Families.Zip(other.Families).All(pair => pair.First.IsLike(pair.Second));

    /// <summary>The family that a unit belongs to, and its place there.</summary>
    public (int Family, int Index) Locate(int unit)
    {
        int family = FirstUnits.BinarySearch(unit);
        if (family < 0) family = ~family - 1;
        return (family, unit - FirstUnits[family]);
    }

    /// <summary>The size of a value's axis as a function of the families' widths.</summary>
    public WidthExpression WidthOfValue(string value, int axis) =>
        Values[value] is var labels && labels.Axis == axis ? Width(labels.Units) : new(labels.Shape[axis], []);

    /// <summary>The size of an initializer's axis as a function of the families' widths.</summary>
    /// <param name="name">The initializer.</param>
    /// <param name="axis">Its axis.</param>
    /// <param name="size">The size of the axis in the dense model.</param>
    public WidthExpression WidthOfInitializer(string name, int axis, int size) =>
        Initializers.TryGetValue((name, axis), out var units) ? Width(units) : new(size, []);

    /// <summary>Counts positions; every unit of a family stands in a tensor equally often.</summary>
    private WidthExpression Width(ImmutableArray<int> units)
    {
        var counts = new SortedDictionary<int, int>();
        int kept = 0;
        foreach (int unit in units)
        {
            if (unit < 0) kept++;
            else if (Locate(unit).Family is var family) counts[family] = counts.GetValueOrDefault(family) + 1;
        }

        return new(kept, [.. counts.Select(pair => new WidthTerm(pair.Key, pair.Value / Families[pair.Key].Width))]);
    }
}

/// <summary>Units that play the same part in every tensor, so that how many are kept tells every shape.</summary>
/// <param name="Name">The name of its first layer; with "#2", "#3" where a layer starts several families.</param>
/// <param name="Units">The units, in the order of the first layer's channels.</param>
internal sealed record Family(string Name, ImmutableArray<Unit> Units)
{
    /// <summary>How many units there are in the dense model.</summary>
    public int Width => Units.Length;

    /// <summary>Whether another family has the same name and the same units.</summary>
    public bool IsLike(Family other) => Name == other.Name && Width == other.Width && Units.Zip(other.Units).All(pair => pair.First.IsLike(pair.Second));
}

/// <summary>What is removed as one: slices of initializers.</summary>
internal sealed record Unit(ImmutableArray<Member> Members)
{
    /// <summary>Whether another unit is the same slices.</summary>
    public bool IsLike(Unit other) => Members.Length == other.Members.Length && Members.Zip(other.Members).All(pair => pair.First.IsLike(pair.Second));
}

/// <summary>A unit's slices of one axis of one initializer.</summary>
/// <param name="Initializer">Its name.</param>
/// <param name="Axis">Its axis.</param>
/// <param name="Role">What the slices are to the channel.</param>
/// <param name="Indices">Positions on the axis, ascending.</param>
internal sealed record Member(string Initializer, int Axis, MemberRole Role, ImmutableArray<int> Indices)
{
    /// <summary>Whether another member is the same slices.</summary>
    public bool IsLike(Member other) => Initializer == other.Initializer && Axis == other.Axis && Indices.SequenceEqual(other.Indices);
}

/// <summary>Which unit each position of a value belongs to.</summary>
/// <param name="Shape">Dimensions for one input.</param>
/// <param name="Axis">The axis that units stand along; −1 for none.</param>
/// <param name="Units">For each position of that axis the unit's number; −1 where it is always kept.</param>
internal sealed record AxisUnits(ImmutableArray<int> Shape, int Axis, ImmutableArray<int> Units);
