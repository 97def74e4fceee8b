namespace Distributed.Compression.Graph;

/// <summary>How each operator that changed between operator sets 6 and 17 is written in 17.</summary>
internal static class OperatorUpgrades
{
    private static readonly string[] Arithmetic = ["Add", "And", "Div", "Equal", "Greater", "Less", "Mul", "Or", "Pow", "PRelu", "Sub", "Xor"];
    private static readonly string[] Dropped = ["broadcast", "consumed_inputs", "ratio", "spatial", "is_test"];

    /// <summary>The nodes that stand for a node of an older operator set, in order.</summary>
    public static IEnumerable<Node> Upgrade(NodeInference old, NetworkEdit edit)
    {
        var node = old.Node with { Attributes = new(old.Node.Attributes.Values.RemoveRange(Dropped)) };
        return node.Operator switch
        {
            "Clip" => [Settings(node, edit, ("min", 1), ("max", 2))],
            "Pad" => [Settings(node, edit, ("pads", 1), ("value", 2))],
            "Slice" => [Settings(node, edit, ("starts", 1), ("ends", 2), ("axes", 3))],
            "ReduceSum" or "Squeeze" or "Unsqueeze" => [Settings(node, edit, ("axes", 1))],
            "Split" => [Settings(node, edit, ("split", 1))],
            "Softmax" or "LogSoftmax" or "Hardmax" when old.Opset < 13 => Softmax(old, node, edit),
            "Upsample" => [Resized(Settings(node, edit, ("scales", 1)))],
            "Resize" when old.Opset < 11 => [Resized(node)],
            _ when old.Opset < 7 && Arithmetic.Contains(node.Operator) => [Aligned(old, node, edit)],
            _ => [node],
        };
    }

    /// <summary>Moves attributes to inputs.</summary>
    private static Node Settings(Node node, NetworkEdit edit, params ReadOnlySpan<(string Attribute, int Input)> settings)
    {
        string[] inputs = [.. node.Inputs];
        foreach (var (attribute, input) in settings)
        {
            if (!node.Attributes.Values.TryGetValue(attribute, out object? value)) continue;
            if (inputs.Length <= input) inputs = [.. inputs, .. Enumerable.Repeat("", input + 1 - inputs.Length)];
            inputs[input] = edit.Constant($"{node.Name}.{attribute}", value switch
            {
                long[] whole => new IntegerTensor([whole.Length], whole),
                double[] reals => new FloatTensor([reals.Length], [.. reals.Select(real => (float)real)]),
                var real => new FloatTensor([], [(float)(double)real]),
            });
            node = node with { Attributes = new(node.Attributes.Values.Remove(attribute)) };
        }

        return node with { Inputs = [.. inputs] };
    }

    /// <summary>Before 13, Softmax runs over its axis and all that follow, as if they were flattened; the default axis is 1.</summary>
    private static Node[] Softmax(NodeInference old, Node node, NetworkEdit edit)
    {
        var shape = old.Shape(0, 1);
        int axis = old.Axis(node.Attributes.Integer("axis", shape.Length == 1 ? 0 : 1), shape.Length);
        if (shape[(axis + 1)..].All(size => size == 1)) return [node with { Attributes = node.Attributes.With("axis", (long)axis) }];
        string flat = edit.Fresh($"{node.Name}.flat");
        string soft = edit.Fresh($"{node.Name}.soft");
        return
        [
            new() { Name = flat, Operator = "Flatten", Inputs = node.Inputs, Outputs = [flat], Attributes = Attributes.Empty.With("axis", (long)axis) },
            node with { Inputs = [flat], Outputs = [soft], Attributes = node.Attributes.With("axis", 1L) },
            .. Restored(old, node, edit, soft),
        ];
    }

    /// <summary>Reshapes to the shape that the old node's input has when it runs, whatever the batch.</summary>
    private static Node[] Restored(NodeInference old, Node node, NetworkEdit edit, string value)
    {
        string shape = edit.Fresh($"{node.Name}.shape");
        return
        [
            new() { Name = shape, Operator = "Shape", Inputs = [old.Node.Inputs[0]], Outputs = [shape] },
            new() { Name = edit.Fresh($"{node.Name}.restored"), Operator = "Reshape", Inputs = [value, shape], Outputs = node.Outputs },
        ];
    }

    /// <summary>Resize as it was before 11: positions scaled from the corner, rounded down.</summary>
    private static Node Resized(Node node) => node with
    {
        Operator = "Resize",
        Inputs = [node.Inputs[0], "", node.Inputs[1]],
        Attributes = node.Attributes.With("coordinate_transformation_mode", "asymmetric").With("nearest_mode", "floor"),
    };

    /// <summary>Before 7, the second operand was aligned at an axis (PRelu's slope at axis 1); trailing dimensions of 1 say the same.</summary>
    private static Node Aligned(NodeInference old, Node node, NetworkEdit edit)
    {
        int rank = old.Shape(0).Length;
        int second = old.Shape(1).Length;
        if (second == 0 || rank == 0) return node with { Attributes = new(node.Attributes.Values.Remove("axis")) };
        int axis = node.Operator == "PRelu" && second == 1 && rank > 1
            ? 1
            : old.Axis(node.Attributes.Integer("axis", rank - second), rank);
        node = node with { Attributes = new(node.Attributes.Values.Remove("axis")) };
        int trailing = rank - second - axis;
        if (trailing <= 0) return node;
        var constant = old.Constant(1) ?? throw old.Error("it aligns a computed operand by an axis");
        var shape = constant.Shape.AddRange(Enumerable.Repeat(1, trailing));
        return node with { Inputs = [node.Inputs[0], edit.Constant($"{node.Name}.aligned", Elements.Shaped(constant, shape))] };
    }
}
