using Distributed.Compression.Graph;
using Distributed.Sweeps;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Training;

/// <summary>Runs a compiled node: its inputs by position (null where left out), and what kind of pass it is.</summary>
internal delegate Tensor[] TorchOperator(Tensor?[] inputs, Pass pass);

/// <summary>What a node tells the rule that compiles it: attributes, constants, shapes for a batch of one.</summary>
/// <param name="node">The node.</param>
/// <param name="opset">The version of the operator set.</param>
/// <param name="values">Shapes of the network's values, for a batch of one, and the constants that do not follow the batch.</param>
/// <param name="device">Where it runs.</param>
internal sealed class TorchNode(Node node, int opset, IReadOnlyDictionary<string, InferredValue> values, TrainingDevice device)
{
    private readonly HashSet<int> _numbers = [];

    /// <summary>The node as the rules of shapes see it.</summary>
    public NodeInference Inference { get; } = new(node, opset, values);

    /// <summary>The node.</summary>
    public Node Node => node;

    /// <summary>Where it runs: what it makes of numbers is made there.</summary>
    public TrainingDevice Device => device;

    /// <summary>Its attributes.</summary>
    public Attributes Attributes => node.Attributes;

    /// <summary>Version of the operator set.</summary>
    public int Opset => opset;

    /// <summary>Whether an input is given.</summary>
    public bool Has(int input) => node.Input(input) is not null;

    /// <summary>Dimensions of an input for a batch of one.</summary>
    public IReadOnlyList<int> Shape(int input) => values[node.Inputs[input]].Shape;

    /// <summary>Whole numbers that are known before running: an attribute in old operator sets, a constant input in newer ones.</summary>
    public long[]? Integers(string attribute, int input)
    {
        _numbers.Add(input);
        return Attributes.Integers(attribute)
            ?? (node.Input(input) is { } name ? (Constant(name) as IntegerTensor)?.Data ?? throw Error($"its {attribute} are computed while running") : null);
    }

    /// <summary>Whole numbers that may be computed while running, as class tokens need the batch's size.</summary>
    public Func<Tensor?[], long[]> Computed(string attribute, int input)
    {
        _numbers.Add(input);
        long[]? known = Attributes.Integers(attribute) ?? (Inference.Constant(input) as IntegerTensor)?.Data;
        return known is not null ? _ => known : inputs => TrainingDevice.Wholes(inputs[input]!);
    }

    /// <summary>Whether the rule reads an input as numbers, never as a tensor.</summary>
    public bool IsReadAsNumbers(int input) => _numbers.Contains(input);

    /// <summary>The node's first output for a batch of one.</summary>
    public InferredValue Output(int index = 0) => values[node.Outputs[index]];

    /// <summary>A number that is known before running: an attribute in old operator sets, a constant input in newer ones.</summary>
    public double? Number(string attribute, int input)
    {
        if (Attributes.Has(attribute)) return Attributes.Real(attribute, 0);
        if (node.Input(input) is not { } name) return null;
        return (Constant(name) as FloatTensor)?.Data[0] ?? throw Error($"its {attribute} is computed while running");
    }

    /// <summary>An axis counted from the front.</summary>
    public int Axis(long axis, int input = 0) => (int)(axis < 0 ? axis + Shape(input).Count : axis);

    /// <summary>The node cannot be run.</summary>
    public InvalidInputException Error(string found) => new(
        $"node '{node.Name}' ({node.Operator})", found, "Export the model for inference with fixed image sizes, or fold its constants.");

    private Distributed.Compression.Graph.Tensor? Constant(string name) => values[name].Constant;
}
