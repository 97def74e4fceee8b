using Distributed.Compression.Graph;
using Distributed.Sweeps;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>A network that libtorch runs and differentiates: one tensor for each float initializer, one compiled step for each node.</summary>
/// <remarks>One thread. Dispose scopes are the caller's; the weights live until <see cref="Dispose"/>.</remarks>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Network _network;
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Step[] _steps;
    private readonly string _logits;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <param name="network">Normalised: constants folded, one input, its first output the logits.</param>
    /// <exception cref="InvalidInputException">An operator cannot be run; the node is named.</exception>
    public TorchNetwork(Network network)
    {
        _network = network = StatisticsOwnership.Separate(network);
        Node[] nodes = [.. network.Nodes];
        _logits = network.Outputs[0].Name;
        if (Array.FindLastIndex(nodes, node => node.Outputs.Contains(_logits)) is >= 0 and var last && IsFinalSoftmax(nodes[last]))
        {
            _logits = nodes[last].Inputs[0];
            nodes = [.. nodes.Where((_, i) => i != last)];
        }

        var roles = WeightRoles.Of(network);
        var values = ShapeInference.Values(network, 1);
        var lastUse = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (string input in node.Inputs) lastUse[input] = node;
        }

        foreach (var (name, value) in network.Initializers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (value is FloatTensor floats) _tensors[name] = Load(floats, roles.GetValueOrDefault(name));
        }

        Slot(network.Inputs[0].Name);
        _steps = [.. nodes.Select(node => Compile(node, values, lastUse))];
        Parameters = [.. _tensors.Where(pair => pair.Value.requires_grad).Select(pair => new Parameter(pair.Key, pair.Value, roles[pair.Key] == WeightRole.Weight))];
        Statistics = [.. _tensors.Where(pair => roles.GetValueOrDefault(pair.Key) == WeightRole.Statistic).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>What training changes, in ordinal order of the names.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Running means and variances, in ordinal order of the names.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> Statistics { get; }

    /// <summary>The logits (N × classes, before a final softmax, if there is one) of inputs (N × C × H × W); belongs to the caller's dispose scope.</summary>
    /// <param name="input">The images.</param>
    /// <param name="pass">What kind of pass.</param>
    /// <param name="seen">Is shown the input and every node's outputs, by name, as they come; what it returns takes their place. It keeps none of them.</param>
    public Tensor Forward(Tensor input, Pass pass, Func<string, Tensor, Tensor>? seen = null)
    {
        var values = new Tensor?[_slots.Count];
        using var arranged = Layout.ChannelsLast(input);
        values[0] = seen is null ? arranged : seen(_names[0], arranged);
        foreach (var step in _steps)
        {
            var outputs = step.Run([.. step.Inputs.Select(source => source.Weight ?? (source.Slot < 0 ? null : values[source.Slot]))], pass);
            for (int i = 0; i < Math.Min(outputs.Length, step.Outputs.Length); i++)
                values[step.Outputs[i]] = seen is null ? outputs[i] : seen(_names[step.Outputs[i]], outputs[i]);
            foreach (int slot in step.Free)
            {
                values[slot]?.Dispose();
                values[slot] = null;
            }
        }

        return values[_slots[_logits]]!;
    }

    /// <summary>The network with the weights and statistics as they stand.</summary>
    public Network ToNetwork() => _network with
    {
        Initializers = _network.Initializers.SetItems(_tensors.Select(pair => KeyValuePair.Create<string, Distributed.Compression.Graph.Tensor>(
            pair.Key, new FloatTensor(_network.Initializers[pair.Key].Shape, Layout.RowMajor(pair.Value))))),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
        {
            tensor.grad?.Dispose();
            tensor.Dispose();
        }
    }

    private static Tensor Load(FloatTensor floats, WeightRole role)
    {
        using var rowMajor = tensor(floats.Data, [.. floats.Shape.Select(size => (long)size)]);
        var value = Layout.ChannelsLast(rowMajor);
        if (role is WeightRole.Weight or WeightRole.Offset) value.requires_grad = true;
        return value.DetachFromDisposeScope();
    }

    private Step Compile(Node node, IReadOnlyDictionary<string, InferredValue> values, Dictionary<string, Node> lastUse)
    {
        if (!TorchOperators.Rules.TryGetValue(node.Operator, out var rule))
        {
            throw new InvalidInputException(
                $"node '{node.Name}'", $"the operator {node.Operator} cannot be trained", "Export the model with standard classifier operators, in inference mode.");
        }

        Source[] inputs = [.. node.Inputs.Select(name => _tensors.TryGetValue(name, out var weight) ? new Source(-1, weight) : new(_slots.GetValueOrDefault(name, -1), null))];
        int[] free = [.. node.Inputs.Where(name => _slots.GetValueOrDefault(name, -1) > 0 && lastUse[name] == node && !IsOutput(name)).Distinct().Select(name => _slots[name])];
        return new(rule(new(node, _network, values)), inputs, [.. node.Outputs.Select(Slot)], free);
    }

    private bool IsOutput(string name) => name == _logits;

    private bool IsFinalSoftmax(Node node) => node.Operator is "Softmax" or "LogSoftmax" && _network.Nodes.All(other => !other.Inputs.Contains(node.Output));

    private int Slot(string name)
    {
        if (_slots.TryGetValue(name, out int slot)) return slot;
        _names.Add(name);
        return _slots[name] = _slots.Count;
    }

    /// <summary>Something that training changes.</summary>
    /// <param name="Name">The initializer's name.</param>
    /// <param name="Value">Its tensor.</param>
    /// <param name="Decays">Whether weight decay acts on it: not on BatchNormalization and biases.</param>
    internal sealed record Parameter(string Name, Tensor Value, bool Decays);

    private sealed record Step(TorchOperator Run, Source[] Inputs, int[] Outputs, int[] Free);

    private readonly record struct Source(int Slot, Tensor? Weight);
}
