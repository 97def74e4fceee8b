namespace Distributed.Compression.Grouping;

/// <summary>Operators that work element by element: one input passes its labels on, several tie theirs.</summary>
internal static class ElementwiseLabels
{
    private static readonly string[] Unary =
    [
        "Abs", "Acos", "Asin", "Atan", "Cast", "CastLike", "Ceil", "Celu", "Clip", "Cos", "Cosh", "Dropout", "Elu", "Erf", "Exp", "Floor", "Gelu",
        "HardSigmoid", "HardSwish", "Identity", "IsNaN", "LeakyRelu", "Log", "Mish", "Neg", "Not", "Reciprocal", "Relu", "Round", "Selu", "Shrink",
        "Sigmoid", "Sign", "Sin", "Sinh", "Softplus", "Softsign", "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu",
    ];

    private static readonly string[] Several =
    [
        "Add", "And", "Div", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Max", "Mean", "Min", "Mod", "Mul", "Or", "Pow", "PRelu",
        "Sub", "Sum", "Where", "Xor",
    ];

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = Create();

    /// <summary>The output has the labels of the first input.</summary>
    public static void PassOn(NodeLabels node)
    {
        for (int i = 0; i < node.Node.Outputs.Length; i++) node.Give(i, node.Input(0));
    }

    private static Dictionary<string, Action<NodeLabels>> Create()
    {
        var rules = Unary.ToDictionary(name => name, _ => (Action<NodeLabels>)PassOn, StringComparer.Ordinal);
        foreach (string name in Several) rules[name] = Together;
        return rules;
    }

    private static void Together(NodeLabels node)
    {
        var shape = node.OutputShape(0);
        int[] axes = [.. Enumerable.Range(0, node.Node.Inputs.Length).Select(node.Input).Where(labels => !labels.IsFixed)
            .Select(labels => labels.Axis + shape.Length - labels.Shape.Length).Distinct()];
        if (axes.Length == 0) return;
        if (axes.Length > 1)
        {
            node.PinInputs("is joined with channels of another axis");
            return;
        }

        int[]? line = null;
        for (int i = 0; i < node.Node.Inputs.Length; i++)
        {
            if (Stretch(node, i, axes[0], shape) is { } labels) line = Join(node, line, labels);
        }

        if (line is not null) Give(node, axes[0], line);
    }

    /// <summary>An input's labels along the output's axis; null where it is stored, or stretches along that axis.</summary>
    private static int[]? Stretch(NodeLabels node, int input, int outputAxis, IReadOnlyList<int> shape)
    {
        var own = node.Inference.Shape(input);
        int axis = outputAxis - (shape.Count - own.Length);
        if (axis >= 0 && own[axis] == shape[outputAxis]) return node.IsInitializer(input) ? null : node.Line(input, axis);
        node.Pin(node.Input(input), "is stretched over many channels");
        return null;
    }

    private static int[] Join(NodeLabels node, int[]? line, int[] labels)
    {
        if (line is null) return labels;
        for (int i = 0; i < line.Length; i++) node.Table.Tie(line[i], labels[i], node.Because("is joined with what cannot be removed"));
        return [.. line.Zip(labels, Math.Max)];
    }

    private static void Give(NodeLabels node, int axis, int[] line)
    {
        for (int i = 0; i < node.Node.Inputs.Length; i++)
        {
            if (!node.IsInitializer(i)) continue;
            var shape = node.Inference.Shape(i);
            int own = axis - (node.OutputShape(0).Length - shape.Length);
            if (own >= 0 && shape[own] == line.Length && line.Length > 1) node.Register(i, own, line, MemberRole.Operand);
        }

        node.Give(0, axis, line);
    }
}
