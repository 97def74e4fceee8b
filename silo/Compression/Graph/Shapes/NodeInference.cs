using System.Collections.Immutable;
using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>What a rule sees of its node: the inputs' shapes and constants, whichever way the operator set gives its settings.</summary>
internal sealed class NodeInference(Node node, int opset, IReadOnlyDictionary<string, InferredValue> values)
{
    /// <summary>No value of a classifier has more elements for the few images that shapes are inferred for.</summary>
    public const long LargestValue = 1L << 30;

    private readonly InferredValue?[] _given = new InferredValue?[node.Outputs.Length];

    /// <summary>The node.</summary>
    public Node Node => node;

    /// <summary>The version of the operator set.</summary>
    public int Opset => opset;

    /// <summary>What the rule gave, by output.</summary>
    public IReadOnlyList<InferredValue?> Given => _given;

    /// <summary>Whether an input is there.</summary>
    public bool Has(int input) => node.Input(input) is not null;

    /// <summary>An input.</summary>
    public InferredValue Input(int index) => node.Input(index) is { } name
        ? values[name]
        : throw Error(Invariant($"input {index} is missing"));

    /// <summary>An input's dimensions.</summary>
    public ImmutableArray<int> Shape(int index) => Input(index).Shape;

    /// <summary>An input's dimensions, of a rank of at least <paramref name="rank"/>.</summary>
    public ImmutableArray<int> Shape(int index, int rank) => Shape(index) is var shape && shape.Length >= rank
        ? shape
        : throw Error(Invariant($"input {index} has the shape {Text(shape)}; it needs {rank} dimensions or more"));

    /// <summary>An input's constant, or null where it is left out or not known before running.</summary>
    public Tensor? Constant(int index) => node.Input(index) is { } name ? values[name].Constant : null;

    /// <summary>Whole numbers from an attribute (older operator sets) or else a constant input (newer ones); null where neither is given.</summary>
    /// <exception cref="InvalidInputException">The input is computed from data.</exception>
    public long[]? Integers(string attribute, int input)
    {
        if (node.Attributes.Integers(attribute) is { } values) return values;
        return Has(input) ? Integers(input) : null;
    }

    /// <summary>An input's whole numbers, which must be known.</summary>
    public long[] Integers(int input) => Constant(input) switch
    {
        IntegerTensor whole => whole.Data,
        null => throw Error(Invariant($"input {input} ('{node.Inputs[input]}') decides the shape and is computed from data")),
        _ => throw Error(Invariant($"input {input} holds floats where whole numbers are needed")),
    };

    /// <summary>An input's floats, which must be known.</summary>
    public float[] Floats(int input) => (Constant(input) as FloatTensor)?.Data
        ?? throw Error(Invariant($"input {input} decides the shape and is no constant of floats"));

    /// <summary>An axis counted from the front.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Error(Invariant($"axis {axis} does not exist in {rank} dimensions"));

    /// <summary>Axes counted from the front.</summary>
    public int[] Axes(IEnumerable<long> axes, int rank) => [.. axes.Select(axis => Axis(axis, rank))];

    /// <summary>Gives an output its shape; outputs that the node leaves out are skipped.</summary>
    public void Give(int output, IEnumerable<int> shape, ElementType type)
    {
        if (output >= _given.Length || node.Outputs[output].Length == 0) return;
        ImmutableArray<int> sizes = [.. shape];
        if (sizes.Any(size => size < 0) || Elements(sizes) > LargestValue) throw Error($"its output would have the shape {Text(sizes)}");
        _given[output] = new(sizes, type);
    }

    /// <summary>Gives the first output a shape and the element type of the first input.</summary>
    public void Give(IEnumerable<int> shape) => Give(0, shape, Input(0).Type);

    /// <summary>An error that names the node.</summary>
    public InvalidInputException Error(string found, Exception? cause = null) => new(
        $"node '{node.Name}'", $"the operator {node.Operator} cannot be given shapes: {found}", "Export the model again with fixed image sizes.", cause);

    /// <summary>The number of elements; more than any that fits into memory where it is enormous.</summary>
    public static long Elements(IEnumerable<int> shape) => (long)shape.Aggregate(1.0, (product, size) => product * size);

    /// <summary>A shape as people write it.</summary>
    public static string Text(IEnumerable<int> shape) => $"[{string.Join(", ", shape)}]";
}
