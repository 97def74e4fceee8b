using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;

namespace Distributed.Compression.Pruning;

/// <summary>Normalisations over channels, written out so that removed channels do not count.</summary>
/// <remarks>
/// With m the mask, over the axes that the operator normalises: n = Σm, μ = Σm·x / n, v = Σm·(x − μ)² / n, y = m·(x − μ) / √(v + ε) · γ + β.
/// LRN (Krizhevsky et al. 2012) sums the squares of neighbours: of two channels that stay, those count as neighbours between which few
/// enough stay.
/// </remarks>
internal static class MaskedStatistics
{
    /// <summary>Adds the operator in masked form.</summary>
    /// <returns>False, and nothing is added, where the node takes no statistics over channels that can be removed.</returns>
    public static bool Write(MaskEdit edit, Node node)
    {
        if (node.Input(0) is not { } input || edit.Labels(input) is not { } labels) return false;
        switch (node.Operator)
        {
            case "LayerNormalization" or "RMSNormalization" or "SimplifiedLayerNormalization" when labels.Axis >= First(node, labels):
                Layer(edit, node, labels);
                return true;
            case "GroupNormalization":
                Groups(edit, node, labels);
                return true;
            case "InstanceNormalization" when labels.Axis > 1:
                Instance(edit, node, labels);
                return true;
            case "LRN":
                LocalResponse(edit, node, labels);
                return true;
            default:
                return false;
        }
    }

    private static int First(Node node, AxisUnits labels) =>
        (int)node.Attributes.Integer("axis", -1) is var axis && axis < 0 ? axis + labels.Shape.Length : (int)node.Attributes.Integer("axis", -1);

    private static void Layer(MaskEdit edit, Node node, AxisUnits labels)
    {
        long[] axes = [.. Enumerable.Range(First(node, labels), labels.Shape.Length - First(node, labels)).Select(axis => (long)axis)];
        string normalized = Normalized(edit, node, node.Inputs[0], edit.Mask($"{node.Name}/m", labels), (axes, labels.Shape), node.Operator == "LayerNormalization");
        Scale(edit, node, normalized, node.Input(1), node.Input(2));
    }

    /// <summary>[N, C, …] is seen as [N, groups, C / groups, …].</summary>
    private static void Groups(MaskEdit edit, Node node, AxisUnits labels)
    {
        int channels = labels.Shape[1];
        int groups = (int)node.Attributes.Integer("num_groups", 1);
        int rest = Tensor.Count(labels.Shape[2..]);
        ImmutableArray<int> seen = [1, groups, channels / groups, rest];
        string grouped = edit.Add("Reshape", $"{node.Name}/grouped", node.Inputs[0], edit.Integers($"{node.Name}/seen", 0, groups, channels / groups, rest));
        string normalized = Normalized(edit, node, grouped, edit.Mask($"{node.Name}/m", labels, seen[..3].Add(1)), ([2, 3], seen), centred: true);
        long[] back = [0, .. labels.Shape[1..].Select(size => (long)size)];
        string scale = edit.Add("Reshape", $"{node.Name}/scale", node.Inputs[1], edit.Integers($"{node.Name}/scaled", Scales(edit, node, groups, channels)));
        string shift = edit.Add("Reshape", $"{node.Name}/shift", node.Inputs[2], $"{node.Name}/scaled");
        string scaled = edit.Add("Add", $"{node.Name}/sum", edit.Add("Mul", $"{node.Name}/product", normalized, scale), shift);
        edit.Add(new() { Name = node.Name, Operator = "Reshape", Inputs = [scaled, edit.Integers($"{node.Name}/back", back)], Outputs = node.Outputs });
    }

    /// <summary>Scales are one for a channel, or one for a group (before opset 21).</summary>
    private static long[] Scales(MaskEdit edit, Node node, int groups, int channels) =>
        edit.Length(node.Inputs[1]) == channels ? [1, groups, channels / groups, 1] : [1, groups, 1, 1];

    private static void Instance(MaskEdit edit, Node node, AxisUnits labels)
    {
        long[] axes = [.. Enumerable.Range(2, labels.Shape.Length - 2).Select(axis => (long)axis)];
        string normalized = Normalized(edit, node, node.Inputs[0], edit.Mask($"{node.Name}/m", labels), (axes, labels.Shape), centred: true);
        long[] stretched = [1, -1, .. axes.Select(_ => 1L)];
        string shape = edit.Integers($"{node.Name}/stretched", stretched);
        Scale(edit, node, normalized, edit.Add("Reshape", $"{node.Name}/scale", node.Inputs[1], shape), edit.Add("Reshape", $"{node.Name}/shift", node.Inputs[2], shape));
    }

    private static string Normalized(MaskEdit edit, Node node, string input, string mask, (long[] Axes, ImmutableArray<int> Shape) over, bool centred)
    {
        string name = node.Name;
        string axes = edit.Integers($"{name}/axes", over.Axes);
        string Sum(string purpose, string value) => edit.Add("ReduceSum", $"{name}/{purpose}", value, axes);
        string stretched = edit.Add("Expand", $"{name}/everywhere", mask, edit.Integers($"{name}/shape", [.. over.Shape.Select(size => (long)size)]));
        string count = edit.Add("Max", $"{name}/counted", Sum("count", stretched), edit.Scalar($"{name}/one", 1));
        string masked = edit.Add("Mul", $"{name}/masked", input, mask);
        if (centred)
        {
            string mean = edit.Add("Div", $"{name}/mean", Sum("total", masked), count);
            masked = edit.Add("Mul", $"{name}/centred", edit.Add("Sub", $"{name}/difference", input, mean), mask);
        }

        string variance = edit.Add("Div", $"{name}/variance", Sum("squares", edit.Add("Mul", $"{name}/square", masked, masked)), count);
        string root = edit.Add("Sqrt", $"{name}/root", edit.Add("Add", $"{name}/safe", variance, edit.Scalar($"{name}/epsilon", node.Attributes.Real("epsilon", 1e-5))));
        return edit.Add("Div", $"{name}/normalized", masked, root);
    }

    private static void Scale(MaskEdit edit, Node node, string normalized, string? scale, string? shift)
    {
        string scaled = scale is null ? normalized : edit.Add("Mul", $"{node.Name}/product", normalized, scale);
        edit.Add(shift is null
            ? new() { Name = node.Name, Operator = "Identity", Inputs = [scaled], Outputs = [node.Output] }
            : new() { Name = node.Name, Operator = "Add", Inputs = [scaled, shift], Outputs = [node.Output] });
    }

    /// <summary>y = x / (bias + α / size · Σ x²)^β over the channels that stay from ⌊(size − 1) / 2⌋ before to ⌈(size − 1) / 2⌉ after.</summary>
    private static void LocalResponse(MaskEdit edit, Node node, AxisUnits labels)
    {
        (string name, int channels) = (node.Name, labels.Shape[1]);
        long size = node.Attributes.Integer("size", 1);
        string line = edit.Mask($"{name}/m", labels, [channels]);
        string rank = edit.Add("CumSum", $"{name}/rank", line, edit.Constant($"{name}/axis", new IntegerTensor([], [0])));
        string Line(string purpose, string value, params long[] shape) =>
            edit.Add("Reshape", $"{name}/{purpose}", value, edit.Integers($"{name}/{purpose}/shape", shape));
        string distance = edit.Add("Sub", $"{name}/distance", Line("inputs", rank, 1, channels), Line("outputs", rank, channels, 1));
        string far = edit.Add("LessOrEqual", $"{name}/after", distance, edit.Scalar($"{name}/right", (size - 1) - ((size - 1) / 2)));
        string near = edit.Add("GreaterOrEqual", $"{name}/before", distance, edit.Scalar($"{name}/left", -((size - 1) / 2)));
        edit.Add(new() { Name = $"{name}/near", Operator = "Cast", Inputs = [edit.Add("And", $"{name}/both", far, near)], Outputs = [$"{name}/near"], Attributes = Attributes.Empty.With("to", 1L) });
        string neighbours = edit.Add("Mul", $"{name}/neighbours", $"{name}/near", Line("columns", line, 1, channels));
        string kernel = edit.Add("Reshape", $"{name}/kernel", neighbours, edit.Integers($"{name}/kernel/shape", [channels, channels, .. labels.Shape[2..].Select(_ => 1L)]));
        string squares = edit.Add("Conv", $"{name}/sums", edit.Add("Mul", $"{name}/squares", node.Inputs[0], node.Inputs[0]), kernel);
        string part = edit.Add("Mul", $"{name}/part", squares, edit.Scalar($"{name}/alpha", node.Attributes.Real("alpha", 1e-4) / size));
        string sum = edit.Add("Add", $"{name}/sum", part, edit.Scalar($"{name}/bias", node.Attributes.Real("bias", 1)));
        string power = edit.Add("Pow", $"{name}/power", sum, edit.Scalar($"{name}/beta", node.Attributes.Real("beta", 0.75)));
        edit.Add(new() { Name = name, Operator = "Div", Inputs = [node.Inputs[0], power], Outputs = [node.Output] });
    }
}
