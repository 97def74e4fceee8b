using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Distributed.Compression.Grouping;

/// <summary>Turns settled labels into families of units.</summary>
/// <remarks>
/// A unit is a class of labels that some layer makes and nothing pins. Units form a family when they stand equally often in every axis of
/// every tensor: the number that a family keeps then tells every shape.
/// </remarks>
internal sealed class FamilyBuilder(Labelling labelling)
{
    private readonly Dictionary<int, int> _units = [];
    private readonly List<(string Name, List<int> Roots)> _families = [];
    private readonly HashSet<int> _alone = [];

    /// <summary>The grouping.</summary>
    public ModelGrouping Build()
    {
        var signatures = Signatures();
        var bySignature = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (int root in signatures.Keys)
        {
            string signature = signatures[root].ToString();
            if (!bySignature.TryGetValue(signature, out var roots)) bySignature[signature] = roots = [];
            if (roots.Count == 0) Open(root, roots);
            roots.Add(root);
        }

        Number();
        return Assemble();
    }

    /// <summary>For every removable root, in the order in which layers make them: how often it stands in which axis.</summary>
    private OrderedDictionary<int, StringBuilder> Signatures()
    {
        var signatures = new OrderedDictionary<int, StringBuilder>();
        foreach (int label in labelling.Producers.SelectMany(producer => producer.Labels))
        {
            if (labelling.Table.PinnedBecause(label) is null) signatures.TryAdd(labelling.Table.Find(label), new());
        }

        int axis = 0;
        foreach (int[] line in labelling.Initializers.Values.Select(labels => labels.Labels).Concat(labelling.Network.Nodes
            .SelectMany(node => node.Outputs).Where(labelling.Values.ContainsKey).Select(output => labelling.Values[output].Line)))
        {
            axis++;
            foreach (var group in line.Select(labelling.Table.Find).Where(signatures.ContainsKey).CountBy(root => root))
                signatures[group.Key].Append(CultureInfo.InvariantCulture, $"{axis}:{group.Value};");
        }

        return signatures;
    }

    private void Open(int root, List<int> roots)
    {
        int node = labelling.Producers.First(producer => producer.Labels.Any(label => labelling.Table.Find(label) == root)).Node;
        string layer = labelling.Network.Nodes[node].Name;
        int namesakes = _families.Count(family => family.Name == layer || family.Name.StartsWith(layer + "#", StringComparison.Ordinal));
        _families.Add((namesakes == 0 ? layer : Invariant($"{layer}#{namesakes + 1}"), roots));
    }

    /// <summary>A unit without its like would leave its layer empty, or is not worth a decision.</summary>
    private void Number()
    {
        foreach (var lonely in _families.Where(family => family.Roots.Count == 1)) _alone.Add(lonely.Roots[0]);
        _families.RemoveAll(family => family.Roots.Count == 1);
        foreach (int root in _families.SelectMany(family => family.Roots)) _units[root] = _units.Count;
    }

    private ModelGrouping Assemble()
    {
        var initializers = labelling.Initializers.ToImmutableSortedDictionary(
            pair => pair.Key,
            pair => Units(pair.Value.Labels),
            Comparer<(string Name, int Axis)>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name) is not 0 and var order ? order : a.Axis - b.Axis));
        var layers = labelling.Producers.Concat(Passing()).GroupBy(producer => labelling.Network.Nodes[producer.Node].Name, StringComparer.Ordinal).ToArray();
        return new()
        {
            Closure = labelling.Closure,
            Families = Families(),
            FirstUnits = FirstUnits(),
            Initializers = initializers,
            Values = labelling.Values.ToImmutableDictionary(pair => pair.Key, pair => new AxisUnits(pair.Value.Shape, pair.Value.Axis, Units(pair.Value.Line))),
            Consumers = [.. labelling.Consumptions.Select(use => (labelling.Network.Nodes[use.Node].Name, use.Input))],
            FamilyOf = layers.Select(layer => (layer.Key, Family: FamilyOf(layer.First())))
                .Where(layer => layer.Family is not null).ToImmutableDictionary(layer => layer.Key, layer => layer.Family!),
            Pinned = layers.Select(layer => (layer.Key, Reason: Reason(layer.First())))
                .Where(layer => layer.Reason is not null).ToImmutableDictionary(layer => layer.Key, layer => layer.Reason!),
        };
    }

    /// <summary>Convolutions whose output channels are their input's: depthwise, or of groups that go as a whole.</summary>
    private IEnumerable<Production> Passing()
    {
        var producers = labelling.Producers.Select(producer => producer.Node).ToHashSet();
        return labelling.Network.Nodes.Index().Where(item => item.Item.Operator is "Conv" or "ConvTranspose" && !producers.Contains(item.Index))
            .Select(item => new Production(item.Index, labelling.Values[item.Item.Output].Line));
    }

    private ImmutableArray<int> Units(int[] labels) => [.. labels.Select(label => _units.GetValueOrDefault(labelling.Table.Find(label), -1))];

    private ImmutableArray<int> FirstUnits()
    {
        int next = 0;
        var first = ImmutableArray.CreateBuilder<int>();
        foreach (var (_, roots) in _families)
        {
            first.Add(next);
            next += roots.Count;
        }

        return first.ToImmutable();
    }

    private ImmutableArray<Family> Families()
    {
        var members = new List<Member>[_units.Count];
        for (int i = 0; i < members.Length; i++) members[i] = [];
        foreach (var ((name, axis), labels) in labelling.Initializers)
        {
            foreach (var unit in Units(labels.Labels).Index().Where(item => item.Item >= 0).GroupBy(item => item.Item, item => item.Index))
                members[unit.Key].Add(new(name, axis, labels.Role, [.. unit]));
        }

        return [.. _families.Select(family => new Family(family.Name, [.. family.Roots.Select(root => new Unit([.. members[_units[root]]]))]))];
    }

    private string? FamilyOf(Production layer)
    {
        int unit = Units(layer.Labels).FirstOrDefault(unit => unit >= 0, -1);
        if (unit < 0) return null;
        int family = 0;
        while (unit >= _families[family].Roots.Count) unit -= _families[family++].Roots.Count;
        return _families[family].Name;
    }

    private string? Reason(Production layer)
    {
        if (layer.Labels.Length == 0) return "its channels are those of an input that cannot be pruned, or its weights are computed";
        foreach (int label in layer.Labels)
        {
            if (labelling.Table.PinnedBecause(label) is { } reason) return reason;
            if (_alone.Contains(labelling.Table.Find(label))) return "all that is tied to it is one unit, and removing that would empty a layer";
        }

        return null;
    }
}
