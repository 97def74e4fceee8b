using System.Collections.Immutable;
using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Tells the shape of every value for a batch size, following shapes that the graph itself computes.</summary>
internal static class ShapeInference
{
    /// <summary>Constants above this size are not computed: shape chains are short.</summary>
    private const int LargestConstant = 4096;

    /// <summary>Shapes of all values (inputs, initializers, nodes' outputs) by name.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batch">What an open first dimension of an input stands for.</param>
    /// <exception cref="InvalidInputException">An operator has no rule, or its inputs do not fit it; the node is named.</exception>
    public static IReadOnlyDictionary<string, ImmutableArray<int>> Infer(Network network, int batch) =>
        Values(network, batch).ToDictionary(pair => pair.Key, pair => pair.Value.Shape, StringComparer.Ordinal);

    /// <summary>Shapes, element types and, where they depend on nothing but shapes, the values themselves.</summary>
    public static IReadOnlyDictionary<string, InferredValue> Values(Network network, int batch)
    {
        var values = Given(network, batch);
        foreach (var node in network.Nodes) Infer(node, network.Opset, values);
        return values;
    }

    /// <summary>What is known before any node: initializers and inputs.</summary>
    public static Dictionary<string, InferredValue> Given(Network network, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var values = new Dictionary<string, InferredValue>(StringComparer.Ordinal);
        foreach (var (name, tensor) in network.Initializers) values[name] = new(tensor.Shape, tensor.Type, tensor);
        foreach (var input in network.Inputs) values[input.Name] = new(Concrete(input, batch), input.Type);
        return values;
    }

    /// <summary>Infers one node's outputs and adds them to the values known so far.</summary>
    /// <param name="node">The node.</param>
    /// <param name="opset">The version of the operator set.</param>
    /// <param name="values">What is known so far; gains the node's outputs.</param>
    /// <param name="foldAll">Whether large constants are computed too.</param>
    public static void Infer(Node node, int opset, Dictionary<string, InferredValue> values, bool foldAll = false)
    {
        if (!OperatorShapes.Rules.TryGetValue(node.Operator, out var rule))
        {
            throw new InvalidInputException(
                $"node '{node.Name}'", $"the operator {node.Operator} is not supported", "Export the model with standard classifier operators, in inference mode.");
        }

        var context = new NodeInference(node, opset, values);
        Guarded(context, () =>
        {
            rule(context);
            AddOutputs(context, values, foldAll);
            return true;
        });
    }

    /// <summary>Does what reads a node's settings, which may be of the wrong kind, number or size; then the error names the node.</summary>
    public static T Guarded<T>(NodeInference node, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is OverflowException or IndexOutOfRangeException or InvalidCastException or DivideByZeroException or ArgumentException)
        {
            throw node.Error("its attributes and inputs contradict each other", error);
        }
    }

    private static void AddOutputs(NodeInference context, Dictionary<string, InferredValue> values, bool foldAll)
    {
        for (int i = 0; i < context.Given.Count; i++)
        {
            if (context.Node.Outputs[i].Length == 0) continue;
            var value = context.Given[i] ?? throw context.Error(Invariant($"it has no output {i}"));
            if (foldAll || IsSmall(context, value)) value = value with { Constant = ConstantEvaluation.Evaluate(context, i) };
            values[context.Node.Outputs[i]] = value;
        }
    }

    private static bool IsSmall(NodeInference context, InferredValue output)
    {
        for (int i = 0; i < context.Node.Inputs.Length; i++)
        {
            if (context.Has(i) && context.Node.Operator != "Shape" && !(context.Constant(i) is { Length: <= LargestConstant })) return false;
        }

        return Tensor.Count(output.Shape) <= LargestConstant;
    }

    private static ImmutableArray<int> Concrete(ValueInfo input, int batch)
    {
        int open = input.Shape.LastIndexOf(-1);
        if (open > 0)
        {
            throw new InvalidInputException(
                $"input '{input.Name}'", Invariant($"dimension {open} is left open"), "Export the model with fixed image sizes; only the batch may be open.");
        }

        ImmutableArray<int> shape = input.Shape is [-1, .. var rest] ? [batch, .. rest] : input.Shape;
        return NodeInference.Elements(shape) <= NodeInference.LargestValue
            ? shape
            : throw new InvalidInputException($"input '{input.Name}'", $"the shape {NodeInference.Text(shape)} is too large for any classifier", "Export the model for smaller images.");
    }
}
