using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Operators that work element by element.</summary>
internal static class ElementwiseShapes
{
    private static readonly string[] Unary =
    [
        "Abs", "Acos", "Asin", "Atan", "Ceil", "Celu", "Clip", "Cos", "Cosh", "Elu", "Erf", "Exp", "FakeQuantize", "Floor", "Gelu", "HardSigmoid", "HardSwish",
        "Hardmax", "Identity", "LeakyRelu", "Log", "LogSoftmax", "LRN", "Mish", "Neg", "Reciprocal", "Relu", "Round", "Selu", "Shrink", "Sigmoid",
        "Sign", "Sin", "Sinh", "Softmax", "Softplus", "Softsign", "Sqrt", "Swish", "Tan", "Tanh", "ThresholdedRelu",
    ];

    private static readonly string[] Arithmetic = ["Add", "Div", "Max", "Mean", "Min", "Mod", "Mul", "Pow", "Sub", "Sum"];
    private static readonly string[] Logical = ["And", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Or", "Xor"];

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeInference>> Rules { get; } = Create();

    private static Dictionary<string, Action<NodeInference>> Create()
    {
        var rules = new Dictionary<string, Action<NodeInference>>
        {
            ["Cast"] = node => node.Give(0, node.Shape(0), Target(node)),
            ["CastLike"] = node => node.Give(0, node.Shape(0), node.Input(1).Type),
            ["Dropout"] = Dropout,
            ["PRelu"] = Slope,
            ["IsNaN"] = node => node.Give(0, node.Shape(0), ElementType.Bool),
            ["Not"] = node => node.Give(0, node.Shape(0), ElementType.Bool),
            ["Where"] = node => node.Give(0, Together(node), node.Input(1).Type),
            ["QuantizeLinear"] = node => node.Give(0, node.Shape(0), node.Has(2) ? node.Input(2).Type : ElementType.UInt8),
            ["DequantizeLinear"] = node => node.Give(0, node.Shape(0), ElementType.Float),
        };
        foreach (string name in Unary) rules[name] = node => node.Give(node.Shape(0));
        foreach (string name in Arithmetic) rules[name] = node => node.Give(Together(node));
        foreach (string name in Logical) rules[name] = node => node.Give(0, Together(node), ElementType.Bool);
        return rules;
    }

    private static ImmutableArray<int> Together(NodeInference node)
    {
        var shape = node.Shape(0);
        for (int i = 1; i < node.Node.Inputs.Length; i++)
        {
            shape = Broadcast.Together(shape.AsSpan(), node.Shape(i).AsSpan())
                ?? throw node.Error($"the shapes {NodeInference.Text(shape)} and {NodeInference.Text(node.Shape(i))} do not go together");
        }

        return shape;
    }

    /// <summary>Before operator set 7, a slope for each channel was aligned at axis 1.</summary>
    private static void Slope(NodeInference node)
    {
        var (shape, slope) = (node.Shape(0), node.Shape(1));
        bool channels = node.Opset < 7 && slope.Length == 1 && shape.Length > 1 && (slope[0] == 1 || slope[0] == shape[1]);
        if (!channels && !(Broadcast.Together(shape.AsSpan(), slope.AsSpan()) is { } together && together.SequenceEqual(shape)))
            throw node.Error($"the slopes {NodeInference.Text(slope)} do not fit {NodeInference.Text(shape)}");
        node.Give(shape);
    }

    private static ElementType Target(NodeInference node) => OnnxTypes.From(checked((int)node.Node.Attributes.Integer("to", 0)))
        ?? throw node.Error("it casts to an element type that is not supported");

    private static void Dropout(NodeInference node)
    {
        node.Give(node.Shape(0));
        node.Give(1, node.Shape(0), ElementType.Bool);
    }
}
