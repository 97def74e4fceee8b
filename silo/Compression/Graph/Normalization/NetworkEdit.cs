using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>A network while a pass changes it: nodes to be appended in order, initializers, and names that are still free.</summary>
internal sealed class NetworkEdit
{
    private readonly Network _network;
    private readonly HashSet<string> _taken;

    /// <summary>Starts with the network's initializers and no nodes.</summary>
    public NetworkEdit(Network network)
    {
        _network = network;
        Initializers = network.Initializers.ToBuilder();
        _taken = new(network.Initializers.Keys.Concat(network.Inputs.Select(input => input.Name)), StringComparer.Ordinal);
        foreach (var node in network.Nodes)
        {
            _taken.Add(node.Name);
            _taken.UnionWith(node.Outputs);
        }
    }

    /// <summary>The nodes of the network to be.</summary>
    public List<Node> Nodes { get; } = [];

    /// <summary>The initializers of the network to be.</summary>
    public ImmutableDictionary<string, Tensor>.Builder Initializers { get; }

    /// <summary>A name that neither a node nor a value has.</summary>
    public string Fresh(string stem)
    {
        string name = stem;
        for (int i = 1; !_taken.Add(name); i++) name = Invariant($"{stem}.{i}");
        return name;
    }

    /// <summary>Adds an initializer under a fresh name.</summary>
    public string Constant(string stem, Tensor tensor)
    {
        string name = Fresh(stem);
        Initializers.Add(name, tensor);
        return name;
    }

    /// <summary>Adds a vector of whole numbers under a fresh name.</summary>
    public string Integers(string stem, params IReadOnlyCollection<long> values) => Constant(stem, new IntegerTensor([values.Count], [.. values]));

    /// <summary>The changed network.</summary>
    public Network Done() => _network with { Nodes = [.. Nodes], Initializers = Initializers.ToImmutable() };
}
