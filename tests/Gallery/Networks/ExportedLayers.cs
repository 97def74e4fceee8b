using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Layers as exporters write them, which depends on the operator set: settings are attributes in old ones and inputs in newer ones, and what has no operator yet is spelled out.</summary>
internal static class ExportedLayers
{
    /// <summary>Conv → BatchNormalization.</summary>
    public static string ConvBn(this NetworkBuilder net, string name, string x, int width, int kernel, int stride = 1, int pad = 0, int group = 1) =>
        net.BatchNormalization($"{name}.bn", net.Conv(name, x, width, kernel, stride, pad, group));

    /// <summary>An operator with two operands, the second a single number.</summary>
    public static string With(this NetworkBuilder net, string operation, string name, string x, float number) =>
        net.Add(operation, name, [x, net.Scalar($"{name}.number", number)]);

    /// <summary>An operator whose axes are an attribute before <paramref name="since"/>, an input from then on.</summary>
    public static string OverAxes(this NetworkBuilder net, string operation, string name, string x, int since, long[] axes, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        net.Opset < since
            ? net.Add(operation, name, [x], [("axes", axes), .. attributes])
            : net.Add(operation, name, [x, net.Integers($"{name}.axes", axes)], attributes);

    /// <summary>A mean that keeps its axes.</summary>
    public static string Mean(this NetworkBuilder net, string name, string x, params long[] axes) => net.OverAxes("ReduceMean", name, x, since: 18, axes, ("keepdims", 1L));

    /// <summary>min(max(x, low), high).</summary>
    public static string Clip(this NetworkBuilder net, string name, string x, float low, float high) => net.Opset < 11
        ? net.Add("Clip", name, [x], ("min", (double)low), ("max", (double)high))
        : net.Add("Clip", name, [x, net.Scalar($"{name}.min", low), net.Scalar($"{name}.max", high)]);

    /// <summary>x · clip(x + 3, 0, 6) / 6: an operator from 14 on.</summary>
    public static string HardSwish(this NetworkBuilder net, string name, string x) => net.Opset >= 14
        ? net.Add("HardSwish", name, [x])
        : net.With("Div", name, net.Add("Mul", $"{name}.gated", [x, net.Clip($"{name}.clip", net.With("Add", $"{name}.shift", x, 3), 0, 6)]), 6);

    /// <summary>x · sigmoid(x): an operator from 24 on.</summary>
    public static string Silu(this NetworkBuilder net, string name, string x) =>
        net.Opset >= 24 ? net.Add("Swish", name, [x]) : net.Add("Mul", name, [x, net.Add("Sigmoid", $"{name}.gate", [x])]);

    /// <summary>x · (1 + erf(x / √2)) / 2: an operator from 20 on, and Erf from 9 on; before, by tanh.</summary>
    public static string Gelu(this NetworkBuilder net, string name, string x)
    {
        if (net.Opset >= 20) return net.Add("Gelu", name, [x]);
        string inner = net.Opset >= 9
            ? net.Add("Erf", $"{name}.erf", [net.With("Div", $"{name}.div", x, MathF.Sqrt(2))])
            : net.Add("Tanh", $"{name}.tanh", [net.With("Mul", $"{name}.root", net.Add("Add", $"{name}.inner", [x, net.With("Mul", $"{name}.small", net.With("Pow", $"{name}.cube", x, 3), 0.044715f)]), MathF.Sqrt(2 / MathF.PI))]);
        string gated = net.Add("Mul", $"{name}.gated", [x, net.With("Add", $"{name}.one", inner, 1)]);
        return net.With("Mul", name, gated, 0.5f);
    }

    /// <summary>Normalisation over the last axis: an operator from 17 on.</summary>
    public static string LayerNorm(this NetworkBuilder net, string name, string x, double epsilon = 1e-5)
    {
        int width = net.Shape(x)[^1];
        (string scale, string shift) = (net.Vector($"{name}.weight", width, 1), net.Vector($"{name}.bias", width, 0));
        if (net.Opset >= 17) return net.Add("LayerNormalization", name, [x, scale, shift], ("axis", -1L), ("epsilon", epsilon));
        string centred = net.Add("Sub", $"{name}.centred", [x, net.Mean($"{name}.mean", x, -1)]);
        string variance = net.Mean($"{name}.variance", net.With("Pow", $"{name}.square", centred, 2), -1);
        string deviation = net.Add("Sqrt", $"{name}.deviation", [net.With("Add", $"{name}.padded", variance, (float)epsilon)]);
        string scaled = net.Add("Mul", $"{name}.scaled", [net.Add("Div", $"{name}.divided", [centred, deviation]), scale]);
        return net.Add("Add", name, [scaled, shift]);
    }

    /// <summary>x · W + b on the last axis.</summary>
    public static string Linear(this NetworkBuilder net, string name, string x, int width)
    {
        int features = net.Shape(x)[^1];
        string product = net.Add("MatMul", $"{name}.product", [x, net.Weights($"{name}.weight", [features, width], features, 1)]);
        return net.Add("Add", name, [net.Vector($"{name}.bias", width, 0), product]);
    }

    /// <summary>Parts along an axis.</summary>
    public static IReadOnlyList<string> Split(this NetworkBuilder net, string name, string x, int axis, params long[] sizes)
    {
        bool asInput = net.Opset >= 13;
        var attributes = Attributes.Empty.With("axis", (long)axis);
        return net.AddNode(new()
        {
            Name = name,
            Operator = "Split",
            Inputs = asInput ? [x, net.Integers($"{name}.sizes", sizes)] : [x],
            Outputs = [.. sizes.Select((_, i) => Invariant($"{name}.{i}"))],
            Attributes = asInput ? attributes : attributes.With("split", sizes),
        });
    }

    /// <summary>One dimension of a value as a number, as exporters of dynamic shapes write it: Shape → Gather → Unsqueeze.</summary>
    public static string Dimension(this NetworkBuilder net, string name, string x, int axis)
    {
        string size = net.Add("Gather", $"{name}.size", [net.Add("Shape", $"{name}.shape", [x]), net.Constant($"{name}.axis", new IntegerTensor([], [axis]))], ("axis", 0L));
        return net.OverAxes("Unsqueeze", name, size, since: 13, [0]);
    }

    /// <summary>A reshape that keeps the batch by computing it.</summary>
    public static string ReshapeOpen(this NetworkBuilder net, string name, string x, params long[] rest)
    {
        string target = net.Add("Concat", $"{name}.target", [net.Dimension($"{name}.batch", x, 0), net.Integers($"{name}.rest", rest)], ("axis", 0L));
        return net.Add("Reshape", name, [x, target]);
    }

    /// <summary>Axes in another order.</summary>
    public static string Transpose(this NetworkBuilder net, string name, string x, params long[] order) => net.Add("Transpose", name, [x], ("perm", order));

    /// <summary>Squeeze and excitation: channels weighed by a gate that sees their means.</summary>
    public static string SqueezeExcite(this NetworkBuilder net, string name, string x, int reduced, Func<string, string, string> activate, string gate)
    {
        string pooled = net.Add("GlobalAveragePool", $"{name}.pool", [x]);
        string hidden = activate($"{name}.act", net.Conv($"{name}.reduce", pooled, reduced, 1, bias: true));
        string weight = net.Add(gate, $"{name}.gate", [net.Conv($"{name}.expand", hidden, net.Shape(x)[1], 1, bias: true)]);
        return net.Add("Mul", name, [weight, x]);
    }
}
