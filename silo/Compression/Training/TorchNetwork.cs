using Distributed.Compression.Graph;
using Distributed.Sweeps;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>A network that libtorch runs and differentiates: one tensor for each float initializer, one compiled step for each node.</summary>
/// <remarks>One thread. Dispose scopes are the caller's; the weights live until <see cref="Dispose"/>.</remarks>
internal sealed class TorchNetwork : IDisposable
{
    private readonly Network _network;
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly TorchProgram _program;

    /// <param name="network">Normalised: constants folded, one input, its first output the logits.</param>
    /// <param name="device">Where it runs.</param>
    /// <exception cref="InvalidInputException">An operator cannot be run; the node is named.</exception>
    public TorchNetwork(Network network, TrainingDevice device)
    {
        Device = device;
        _network = network = StatisticsOwnership.Separate(network);
        Node[] nodes = [.. network.Nodes];
        string logits = network.Outputs[0].Name;
        if (Array.FindLastIndex(nodes, node => node.Outputs.Contains(logits)) is >= 0 and var last && IsFinalSoftmax(nodes[last]))
        {
            logits = nodes[last].Inputs[0];
            nodes = [.. nodes.Where((_, i) => i != last)];
        }

        var roles = WeightRoles.Of(network);
        foreach (var (name, value) in network.Initializers.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            _tensors[name] = Load(value, roles.GetValueOrDefault(name), device);
        }

        _program = new(network, nodes, _tensors, [logits], device);
        Parameters = [.. _tensors.Where(pair => pair.Value.requires_grad).Select(pair => new Parameter(pair.Key, pair.Value, roles[pair.Key] == WeightRole.Weight))];
        Statistics = [.. _tensors.Where(pair => roles.GetValueOrDefault(pair.Key) == WeightRole.Statistic).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>Where it runs: inputs must lie there.</summary>
    public TrainingDevice Device { get; }

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
        using var arranged = Layout.ChannelsLast(input);
        return _program.Run([arranged], pass, seen)[0];
    }

    /// <summary>One value inside the network for inputs (N × C × H × W), in evaluation; belongs to the caller's dispose scope.</summary>
    public Tensor Value(Tensor input, string name)
    {
        Tensor? found = null;
        using var logits = Forward(input, Pass.Evaluating, (seen, value) =>
        {
            if (seen == name) found = value.alias();
            return value;
        });
        return found ?? throw new ArgumentException($"The network has no value '{name}'.", nameof(name));
    }

    /// <summary>The network with the weights and statistics as they stand.</summary>
    public Network ToNetwork() => _network with
    {
        Initializers = _network.Initializers.SetItems(_tensors.Where(pair => pair.Value.is_floating_point()).Select(pair => KeyValuePair.Create<string, Distributed.Compression.Graph.Tensor>(
            pair.Key, new FloatTensor(_network.Initializers[pair.Key].Shape, TrainingDevice.Floats(pair.Value))))),
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

    private static Tensor Load(Distributed.Compression.Graph.Tensor constant, WeightRole role, TrainingDevice device)
    {
        using var rowMajor = TorchProgram.Load(constant, device);
        var value = Layout.ChannelsLast(rowMajor);
        if (role is WeightRole.Weight or WeightRole.Offset) value.requires_grad = true;
        return value.DetachFromDisposeScope();
    }

    private bool IsFinalSoftmax(Node node) => node.Operator is "Softmax" or "LogSoftmax" && _network.Nodes.All(other => !other.Inputs.Contains(node.Output));

    /// <summary>Something that training changes.</summary>
    /// <param name="Name">The initializer's name.</param>
    /// <param name="Value">Its tensor.</param>
    /// <param name="Decays">Whether weight decay acts on it: not on BatchNormalization and biases.</param>
    internal sealed record Parameter(string Name, Tensor Value, bool Decays);
}
