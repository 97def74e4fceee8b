using Distributed.Compression.Graph;
using Distributed.Sweeps;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>The nodes of a network, compiled into steps that libtorch runs and differentiates.</summary>
/// <remarks>One thread. Dispose scopes are the caller's. Values are freed at their last use, what is between them at once.</remarks>
internal sealed class TorchProgram
{
    private readonly IReadOnlyDictionary<string, Tensor> _constants;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Step[] _steps;
    private readonly List<string> _names = [];
    private readonly string[] _wanted;
    private readonly int _inputs;
    private readonly TrainingDevice _device;
    private readonly IReadOnlySet<string> _reckoned;

    /// <param name="network">Shapes must be inferable; its operator set tells how the nodes are read.</param>
    /// <param name="nodes">Those of the network's nodes that are to run, in topological order.</param>
    /// <param name="constants">The initializers' tensors, as <see cref="Load"/> gives them; the caller's, and read at each run.</param>
    /// <param name="wanted">The values that a run gives.</param>
    /// <param name="device">Where it runs, but for <see cref="ShapeArithmetic"/>.</param>
    /// <exception cref="InvalidInputException">An operator cannot be run; the node is named.</exception>
    public TorchProgram(Network network, IReadOnlyList<Node> nodes, IReadOnlyDictionary<string, Tensor> constants, IEnumerable<string> wanted, TrainingDevice device)
    {
        ProcessorKernels.KeepToRightOnes();
        (_constants, _device) = (constants, device);
        _reckoned = ShapeArithmetic.Values(nodes, network.Initializers);
        _wanted = [.. wanted];
        _inputs = network.Inputs.Length;
        var values = Known(network);
        var lastUse = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (string input in node.Inputs) lastUse[input] = node;
        }

        foreach (var input in network.Inputs) Slot(input.Name);
        _steps = [.. nodes.Select(node => Compile(new(node, network.Opset, values, DeviceOf(node)), lastUse))];
    }

    /// <summary>The tensor of an initializer; belongs to the caller's dispose scope. Whole numbers lie in memory, wherever the program runs.</summary>
    public static Tensor Load(Distributed.Compression.Graph.Tensor value, TrainingDevice device)
    {
        long[] shape = [.. value.Shape.Select(size => (long)size)];
        if (value is FloatTensor floats) return device.Of(floats.Data, shape);
        using var whole = TrainingDevice.Cpu.Of(((IntegerTensor)value).Data, shape);
        return whole.to_type(ElementTypes.Of(value.Type), copy: true);
    }

    /// <summary>The wanted values; they belong to the caller's dispose scope.</summary>
    /// <param name="inputs">The network's inputs in its order; they stay the caller's.</param>
    /// <param name="pass">Kind of pass.</param>
    /// <param name="seen">Is shown every input and output by name, as they come; what it returns takes their place. It keeps none of them.</param>
    public Tensor[] Run(ReadOnlySpan<Tensor> inputs, Pass pass, Func<string, Tensor, Tensor>? seen = null)
    {
        var values = new Tensor?[_slots.Count];
        for (int i = 0; i < _inputs; i++) values[i] = seen is null ? inputs[i] : seen(_names[i], inputs[i]);
        foreach (var step in _steps)
        {
            var outputs = Outputs(step, [.. step.Inputs.Select(source => source.Constant ?? (source.Slot < 0 ? null : values[source.Slot]))], pass);
            for (int i = 0; i < Math.Min(outputs.Length, step.Outputs.Length); i++)
                values[step.Outputs[i]] = seen is null ? outputs[i] : seen(_names[step.Outputs[i]], outputs[i]);
            foreach (int slot in step.Free)
            {
                values[slot]?.Dispose();
                values[slot] = null;
            }
        }

        return [.. _wanted.Select(name => _slots.TryGetValue(name, out int slot) ? values[slot]! : _constants[name].alias())];
    }

    /// <summary>What an operator made on its way goes at once; autograd holds on to what it needs.</summary>
    private static Tensor[] Outputs(Step step, Tensor?[] inputs, Pass pass)
    {
        using var scope = NewDisposeScope();
        var outputs = step.Run(inputs, pass);
        foreach (var output in outputs) output.MoveToOuterDisposeScope();
        Pulse.Beat();
        return outputs;
    }

    /// <summary>What is known before running, for a batch of one; constants that follow the batch are not.</summary>
    private static Dictionary<string, InferredValue> Known(Network network)
    {
        var one = ShapeInference.Values(network, 1);
        var two = ShapeInference.Values(network, 2);
        return one.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Constant is { } constant && !Elements.Alike(constant, two[pair.Key].Constant) ? pair.Value with { Constant = null } : pair.Value,
            StringComparer.Ordinal);
    }

    private Step Compile(TorchNode node, Dictionary<string, Node> lastUse)
    {
        if (!TorchOperators.Rules.TryGetValue(node.Node.Operator, out var rule))
        {
            throw new InvalidInputException(
                $"node '{node.Node.Name}'", $"the operator {node.Node.Operator} cannot be trained", "Export the model with standard classifier operators, in inference mode.");
        }

        Source[] inputs = [.. node.Node.Inputs.Select(name => _slots.TryGetValue(name, out int slot) ? new Source(slot, null) : new(-1, _constants.GetValueOrDefault(name)))];
        int[] free = [.. node.Node.Inputs.Distinct().Where(name => _slots.GetValueOrDefault(name, -1) >= _inputs && lastUse[name] == node.Node && !_wanted.Contains(name)).Select(name => _slots[name])];
        return new(Placed(rule(node), node), inputs, [.. node.Node.Outputs.Select(Slot)], free);
    }

    private TrainingDevice DeviceOf(Node node) => node.Outputs.Any(_reckoned.Contains) ? TrainingDevice.Cpu : _device;

    /// <summary>The operator of a node elsewhere, given what lies in memory on its own device, but for inputs that it reads as numbers.</summary>
    private TorchOperator Placed(TorchOperator run, TorchNode node)
    {
        if (node.Device.IsProcessor) return run;
        bool[] moves = [.. node.Node.Inputs.Select((name, i) => !node.IsReadAsNumbers(i) && (_reckoned.Contains(name) || IsWhole(name)))];
        return moves.Contains(true) ? (inputs, pass) => run([.. inputs.Zip(moves, (input, moved) => moved ? node.Device.Moved(input!) : input)], pass) : run;
    }

    private bool IsWhole(string name) => _constants.TryGetValue(name, out var constant) && !constant.is_floating_point();

    private int Slot(string name)
    {
        if (_slots.TryGetValue(name, out int slot)) return slot;
        _names.Add(name);
        return _slots[name] = _slots.Count;
    }

    private sealed record Step(TorchOperator Run, Source[] Inputs, int[] Outputs, int[] Free);

    private readonly record struct Source(int Slot, Tensor? Constant);
}
