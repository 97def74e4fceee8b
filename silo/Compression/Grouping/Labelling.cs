using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>Runs every operator's labelling rule once, in topological order.</summary>
internal sealed class Labelling
{
    private readonly HashSet<(int Node, string Initializer)> _registered = [];

    private Labelling(Network network, Closure closure)
    {
        (Network, Closure) = (network, closure);
        Shapes = ShapeInference.Values(network, batch: 1);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>What goes where whole groups could go, or places inside of each.</summary>
    public Closure Closure { get; }

    /// <summary>Shapes and known values for a batch of 1.</summary>
    public IReadOnlyDictionary<string, InferredValue> Shapes { get; }

    /// <summary>All labels.</summary>
    public LabelTable Table { get; } = new();

    /// <summary>The labels of every graph input and node output.</summary>
    public Dictionary<string, LabelTensor> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>The labels of the initializers' axes, in the order in which they were found.</summary>
    public OrderedDictionary<(string Name, int Axis), InitializerLabels> Initializers { get; } = [];

    /// <summary>Which node made which labels.</summary>
    public List<Production> Producers { get; } = [];

    /// <summary>Where labelled axes are summed over.</summary>
    public List<Consumption> Consumptions { get; } = [];

    /// <summary>Labels a network.</summary>
    /// <exception cref="Sweeps.InvalidInputException">Its shapes cannot be inferred.</exception>
    public static Labelling Of(Network network, Closure closure)
    {
        var labelling = new Labelling(network, closure);
        foreach (var input in network.Inputs) labelling.Values[input.Name] = LabelTensor.Fixed(labelling.Shapes[input.Name].Shape);
        for (int i = 0; i < network.Nodes.Length; i++) labelling.Run(i);
        labelling.PinOutputs();
        labelling.PinUnknownUses();
        return labelling;
    }

    /// <summary>Notes the labels of an initializer's axis.</summary>
    public void Register(int node, string name, int axis, int[] labels, MemberRole role)
    {
        _registered.Add((node, name));
        if (!Initializers.TryGetValue((name, axis), out var known))
        {
            Initializers[(name, axis)] = new(labels, role);
            return;
        }

        for (int i = 0; i < labels.Length; i++) Table.Tie(known.Labels[i], labels[i], $"it shares '{name}' with a layer whose channels cannot be removed");
    }

    private void Run(int index)
    {
        var node = Network.Nodes[index];
        foreach (string output in node.Outputs.Where(output => output.Length > 0)) Values[output] = LabelTensor.Fixed(Shapes[output].Shape);
        var context = new NodeLabels(this, index, new(node, Network.Opset, Shapes));
        if (LabelRules.All.TryGetValue(node.Operator, out var rule)) rule(context);
        else context.PinInputs("meets an operator without a rule");
    }

    private void PinOutputs()
    {
        foreach (string output in Network.Outputs.Select(output => output.Name))
        {
            foreach (int label in Values.TryGetValue(output, out var labels) ? labels.Line : [])
                Table.Tie(label, LabelTable.Fixed, $"it is part of the graph's output '{output}'");
        }
    }

    /// <summary>An initializer that a rule slices must not be read by a node whose rule knows nothing of it.</summary>
    private void PinUnknownUses()
    {
        var sliced = Initializers.Keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < Network.Nodes.Length; i++)
        {
            foreach (string name in Network.Nodes[i].Inputs.Where(name => sliced.Contains(name) && !_registered.Contains((i, name)))) PinAll(name, Network.Nodes[i]);
        }
    }

    private void PinAll(string initializer, Node reader)
    {
        foreach (var (_, labels) in Initializers.Where(pair => pair.Key.Name == initializer))
        {
            foreach (int label in labels.Labels.Where(label => label != LabelTable.Fixed))
                Table.Pin(label, $"its weights '{initializer}' are also read by '{reader.Name}' ({reader.Operator})");
        }
    }
}

/// <summary>The labels along an initializer's axis.</summary>
internal sealed record InitializerLabels(int[] Labels, MemberRole Role);

/// <summary>Labels that a node made for its output channels.</summary>
internal sealed record Production(int Node, int[] Labels);

/// <summary>A node's input whose labelled axis is summed over.</summary>
internal sealed record Consumption(int Node, int Input);
