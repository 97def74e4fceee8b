namespace Distributed.Compression.Graph;

/// <summary>Makes one LayerNormalization of what exporters spelled out before operator set 17.</summary>
/// <remarks>
/// d = x − mean(x), n = d / √(mean(d²) + ε), y = n · scale + shift, means over the last axes. Scale and shift must be initializers of the normalised
/// shape. A product without a shift is fused as well, and dies where the sum is fused.
/// </remarks>
internal static class LayerNormalizationFusion
{
    /// <summary>The network with such nodes; what they replace is left to <see cref="DeadCode"/>.</summary>
    public static Network Apply(Network network)
    {
        var search = new PatternSearch(network);
        return network with { Nodes = [.. network.Nodes.Select(node => Fused(node, search) ?? node)] };
    }

    private static Node? Fused(Node node, PatternSearch search)
    {
        if (node.Operator == "Mul") return Scaled(node, search);
        if (node is not { Operator: "Add", Inputs: [var a, var b] }) return null;
        foreach (var (product, shift) in ((string, string)[])[(a, b), (b, a)])
        {
            if (search.Floats(shift) is { } floats && search.Producer(product, "Mul") is { } mul && Scaled(mul, search) is { } fused && search.Floats(fused.Inputs[1])!.Shape.SequenceEqual(floats.Shape))
                return fused with { Name = node.Name, Inputs = [.. fused.Inputs, shift], Outputs = node.Outputs };
        }

        return null;
    }

    private static Node? Scaled(Node node, PatternSearch search)
    {
        if (node.Inputs is not [var a, var b]) return null;
        foreach (var (normal, scale) in ((string, string)[])[(a, b), (b, a)])
        {
            if (search.Floats(scale) is not { } floats || Normalized(normal, search) is not { } found) continue;
            var shape = search.Inference(found.Mean).Shape(0);
            if (floats.Shape.Length > 0 && shape[^floats.Shape.Length..].SequenceEqual(floats.Shape) && floats.Shape.Length == shape.Length - found.Axis)
            {
                return node with
                {
                    Operator = "LayerNormalization",
                    Inputs = [found.Mean.Inputs[0], scale],
                    Attributes = Attributes.Empty.With("axis", (long)(found.Axis - shape.Length)).With("epsilon", found.Epsilon),
                };
            }
        }

        return null;
    }

    private static (Node Mean, int Axis, double Epsilon)? Normalized(string value, PatternSearch search)
    {
        if (search.Producer(value, "Div") is not { Inputs: [var centred, var deviation] } || Centre(centred, search) is not { } mean) return null;
        if (search.Producer(deviation, "Sqrt") is not { } root || search.Producer(root.Inputs[0], "Add") is not { Inputs: [var left, var right] }) return null;
        (string variance, double? epsilon) = search.Number(right) is { } number ? (left, number) : (right, search.Number(left));
        if (epsilon is null || search.Producer(variance, "ReduceMean") is not { } spread || !IsSquare(spread.Inputs[0], mean, search)) return null;
        return Axis(mean, search) is { } axis && Axis(spread, search) == axis ? (mean, axis, epsilon.Value) : null;
    }

    /// <summary>The mean that a value is centred by, or null.</summary>
    private static Node? Centre(string value, PatternSearch search) =>
        search.Producer(value, "Sub") is { Inputs: [var x, var mean] } && search.Producer(mean, "ReduceMean") is { } node && node.Inputs[0] == x ? node : null;

    private static bool IsSquare(string value, Node mean, PatternSearch search)
    {
        string? root = search.Producer(value, "Pow") is { Inputs: [var power, var exponent] } && search.Is(exponent, 2) ? power
            : search.Producer(value, "Mul") is { Inputs: [var a, var b] } && a == b ? a
            : null;
        return root is not null && Centre(root, search) is { } other && other.Inputs[0] == mean.Inputs[0] && Axis(other, search) == Axis(mean, search);
    }

    /// <summary>The first of the axes that a mean is over, where they are the last ones and are kept; null otherwise.</summary>
    private static int? Axis(Node mean, PatternSearch search)
    {
        if (mean.Attributes.Integer("keepdims", 1) == 0) return null;
        var inference = search.Inference(mean);
        int rank = inference.Shape(0).Length;
        int[] axes = [.. ReductionShapes.Axes(inference).Order()];
        return axes.Length > 0 && axes.SequenceEqual(Enumerable.Range(rank - axes.Length, axes.Length)) ? axes[0] : null;
    }
}
