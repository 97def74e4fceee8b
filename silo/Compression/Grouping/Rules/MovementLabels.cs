using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>Operators that move elements without changing them: they are run on the labels themselves, so that none needs index arithmetic here.</summary>
internal static class MovementLabels
{
    private const string Fill = "fill of labels";

    private static readonly string[] Names =
    [
        "Concat", "Expand", "Flatten", "Gather", "Pad", "Reshape", "Slice", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze",
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
        if (Enumerable.Range(0, moved).All(i => node.Input(i).IsFixed)) return;
        if (Enumerable.Range(moved, node.Node.Inputs.Length - moved).Any(i => node.Inference.Has(i) && !node.IsInitializer(i)))
        {
            node.PinInputs("moves to places that are computed");
            return;
        }

        if (node.Node.Operator == "Pad" && LeavesChannels(node)) node.Give(0, node.Input(0));
        else if (CannotBeRewritten(node)) node.PinInputs("is picked in a way that cannot be rewritten");
        else Run(node, moved);
    }

    /// <summary>Runs the operator with labels in place of its inputs' elements.</summary>
    private static void Run(NodeLabels node, int moved)
    {
        var operation = WithFill(node.Node);
        var values = new Dictionary<string, InferredValue>(StringComparer.Ordinal);
        for (int i = 0; i < operation.Inputs.Length; i++)
        {
            if (i < moved) values[operation.Inputs[i]] = Labels(node.Input(i));
            else if (operation.Inputs[i] == Fill) values[Fill] = Filler();
            else if (node.Inference.Has(i)) values[operation.Inputs[i]] = node.Inference.Input(i);
        }

        var run = new NodeInference(operation, node.Inference.Opset, values);
        OperatorShapes.Rules[operation.Operator](run);
        for (int i = 0; i < operation.Outputs.Length; i++)
        {
            if (operation.Outputs[i].Length == 0) continue;
            if (ConstantEvaluation.Evaluate(run, i) is IntegerTensor labels)
                node.Give(i, RectangularClosure.Close(node.Table, labels.Shape, labels.Data, node.Because("shares a slice with what cannot be removed")));
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
