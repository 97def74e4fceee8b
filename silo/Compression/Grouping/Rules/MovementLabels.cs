using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>Operators that move elements without changing them: they are run on the labels themselves, so that none needs index arithmetic here.</summary>
internal static class MovementLabels
{
    /// <summary>Elements whose labels are followed one by one.</summary>
    private const long LargestMoved = 1 << 24;

    private const string Fill = "fill of labels";

    private static readonly string[] Names =
    [
        "Concat", "DepthToSpace", "Expand", "Flatten", "Gather", "Pad", "Reshape", "Slice", "SpaceToDepth", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze",
    ];

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = Create();

    private static Dictionary<string, Action<NodeLabels>> Create()
    {
        var rules = Names.ToDictionary(name => name, _ => (Action<NodeLabels>)Move, StringComparer.Ordinal);
        rules["Shape"] = node => node.PinInputs("has its number read");
        rules["Size"] = rules["Shape"];
        return rules;
    }

    private static void Move(NodeLabels node)
    {
        int moved = node.Node.Operator == "Concat" ? node.Node.Inputs.Length : 1;
        var inputs = Enumerable.Range(0, moved).Select(node.Input).ToArray();
        if (node.Node.Operator is "Concat" or "Expand") WithStored(node, inputs);
        if (inputs.All(labels => labels.IsFixed)) return;
        if (Enumerable.Range(moved, node.Node.Inputs.Length - moved).Any(i => node.Inference.Has(i) && !node.IsInitializer(i)))
        {
            node.PinInputs("moves to places that are computed");
            return;
        }

        long elements = Enumerable.Range(0, moved).Sum(i => NodeInference.Elements(node.Input(i).Shape)) + NodeInference.Elements(node.OutputShape(0));
        if (elements > LargestMoved) node.PinInputs("is moved in a tensor that is too large to follow");
        else if (node.Node.Operator is "DepthToSpace" or "SpaceToDepth") Rearrange(node);
        else if (node.Node.Operator == "Pad" && LeavesChannels(node)) node.Give(0, node.Input(0));
        else if (CannotBeRewritten(node)) node.PinInputs("is picked in a way that cannot be rewritten");
        else Run(node, inputs);
    }

    /// <summary>A stored vector (a class token) beside or stretched to computed channels has labels of its own, so that it can lose elements with them.</summary>
    private static void WithStored(NodeLabels node, LabelTensor[] inputs)
    {
        if (inputs.Length > 1 && inputs.All(labels => labels.IsFixed)) return;
        for (int i = 0; i < inputs.Length; i++) inputs[i] = node.Stored(i) ?? inputs[i];
    }

    /// <summary>
    /// Blocks of channels to places of an image and back: run on the labels as the Reshape, Transpose and Reshape that the operator is.
    /// </summary>
    private static void Rearrange(NodeLabels node)
    {
        _ = node.Line(0, axis: 1);
        var shape = node.Input(0).Shape;
        int block = (int)node.Node.Attributes.Integer("blocksize", 1);
        (int channels, int height, int width) = (shape[1], shape[2], shape[3]);
        bool columnsFirst = node.Node.Attributes.Text("mode", "DCR") == "CRD";
        (int[] split, int[] order) = (node.Node.Operator, columnsFirst) switch
        {
            ("SpaceToDepth", _) => (new[] { channels, height / block, block, width / block, block }, new[] { 2, 4, 0, 1, 3 }),
            (_, true) => ([channels / block / block, block, block, height, width], [0, 3, 1, 4, 2]),
            _ => ([block, block, channels / block / block, height, width], [2, 3, 0, 4, 1]),
        };
        int[] strides = Strided.Strides(split);
        long[] labels = node.Input(0).Dense();
        int[] places = Strided.Places([.. order.Select(axis => split[axis])], [.. order.Select(axis => strides[axis])], 0);
        node.GiveClosed(0, node.OutputShape(0), [.. places.Select(place => labels[place])], along: 1);
    }

    /// <summary>Runs the operator with labels in place of its inputs' elements.</summary>
    private static void Run(NodeLabels node, LabelTensor[] moved)
    {
        var operation = WithFill(node.Node);
        var values = new Dictionary<string, InferredValue>(StringComparer.Ordinal);
        for (int i = 0; i < operation.Inputs.Length; i++)
        {
            if (i < moved.Length) values[operation.Inputs[i]] = Labels(moved[i]);
            else if (operation.Inputs[i] == Fill) values[Fill] = Filler();
            else if (node.Inference.Has(i)) values[operation.Inputs[i]] = node.Inference.Input(i);
        }

        var run = new NodeInference(operation, node.Inference.Opset, values);
        OperatorShapes.Rules[operation.Operator](run);
        for (int i = 0; i < operation.Outputs.Length; i++)
        {
            if (operation.Outputs[i].Length == 0) continue;
            if (ConstantEvaluation.Evaluate(run, i) is IntegerTensor labels)
                node.GiveClosed(i, labels.Shape, labels.Data);
            else node.PinInputs("is moved in a way without a rule");
        }
    }

    private static InferredValue Labels(LabelTensor labels) =>
        new(labels.Shape, ElementType.Int64, new IntegerTensor(labels.Shape, labels.Dense()));

    private static InferredValue Filler() => new([], ElementType.Int64, new IntegerTensor([], [LabelTable.Filler]));

    /// <summary>A Pad that fills with <see cref="LabelTable.Filler"/>; other nodes as they are.</summary>
    private static Node WithFill(Node node)
    {
        if (node.Operator != "Pad") return node;
        string[] inputs = [node.Inputs[0], node.Input(1) ?? "", Fill, .. node.Input(3) is { } axes ? [axes] : Array.Empty<string>()];
        return node with { Inputs = [.. inputs] };
    }

    private static bool LeavesChannels(NodeLabels node)
    {
        var labels = node.Input(0);
        int[] pads = SelectingShapes.Pads(node.Inference);
        return pads[labels.Axis] == 0 && pads[labels.Axis + labels.Shape.Length] == 0;
    }

    /// <summary>Every nth channel, or channels picked by a table, have no counterpart once some are gone.</summary>
    private static bool CannotBeRewritten(NodeLabels node)
    {
        var labels = node.Input(0);
        return node.Node.Operator switch
        {
            "Slice" => SliceRange.Of(node.Inference).Any(range => range.Axis == labels.Axis && range.Step != 1),
            "Gather" => node.Inference.Shape(1).Length > 1
                && node.Inference.Axis(node.Node.Attributes.Integer("axis", 0), labels.Shape.Length) == labels.Axis,
            _ => false,
        };
    }
}
