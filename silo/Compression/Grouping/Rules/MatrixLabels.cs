namespace Distributed.Compression.Grouping;

/// <summary>Matrix products, with stored weights or of two values (attention).</summary>
internal static class MatrixLabels
{
    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = new Dictionary<string, Action<NodeLabels>>
    {
        ["Gemm"] = General,
        ["MatMul"] = Product,
    };

    private static void General(NodeLabels node)
    {
        bool flipped = node.Node.Attributes.Integer("transA", 0) != 0;
        if (flipped || !node.IsInitializer(1) || (node.Inference.Has(2) && !node.IsInitializer(2)))
        {
            node.PinInputs(flipped ? "is the rows of a product" : "meets weights that are computed");
            return;
        }

        int outputAxis = node.Node.Attributes.Integer("transB", 0) != 0 ? 0 : 1;
        node.Register(1, 1 - outputAxis, node.Line(0, axis: 1), MemberRole.Consumer);
        node.Consume(0);
        int[] outputs = node.Produce(node.Inference.Shape(1)[outputAxis]);
        node.Register(1, outputAxis, outputs, MemberRole.Filter);
        if (node.Inference.Has(2)) RegisterBias(node, outputs);
        node.Give(0, 1, outputs);
    }

    /// <summary>C stretches to [rows, columns]: only a last dimension of the full width belongs to the channels.</summary>
    private static void RegisterBias(NodeLabels node, int[] outputs)
    {
        var bias = node.Inference.Shape(2);
        if (bias.Length > 0 && bias[^1] == outputs.Length) node.Register(2, bias.Length - 1, outputs, MemberRole.Bias);
    }

    private static void Product(NodeLabels node)
    {
        bool stored = node.IsInitializer(1) && node.Inference.Shape(1).Length == 2 && !node.IsInitializer(0);
        if (stored) Stored(node);
        else if (node.IsInitializer(0) || node.IsInitializer(1)) node.PinInputs("meets weights that are no matrix on the right");
        else if (node.Inference.Shape(0).Length < 2 || node.Inference.Shape(1).Length < 2) node.PinInputs("is part of a product with a vector");
        else OfValues(node);
    }

    private static void Stored(NodeLabels node)
    {
        int last = node.Inference.Shape(0).Length - 1;
        node.Register(1, 0, node.Line(0, last), MemberRole.Consumer);
        node.Consume(0);
        int[] outputs = node.Produce(node.Inference.Shape(1)[1]);
        node.Register(1, 1, outputs, MemberRole.Filter);
        node.Give(0, last, outputs);
    }

    /// <summary>A[…, I, K] · B[…, K, J]: labels of K are tied and end here, labels of I, J and the batch axes go on, along one axis only.</summary>
    private static void OfValues(NodeLabels node)
    {
        var (left, right) = (node.Input(0), node.Input(1));
        int rank = node.OutputShape(0).Length;
        int leftAxis = Aligned(left, rank);
        int rightAxis = Aligned(right, rank);
        bool leftEnds = leftAxis == rank - 1;
        bool rightEnds = rightAxis == rank - 2;
        if (leftEnds || rightEnds) Contract(node, left, right, leftEnds, rightEnds);
        int axis = !leftEnds && leftAxis >= 0 ? leftAxis : !rightEnds ? rightAxis : -1;
        if (axis < 0) return;
        bool both = !leftEnds && !rightEnds && leftAxis >= 0 && rightAxis >= 0;
        if (both && (leftAxis != rightAxis || axis >= rank - 2 || left.Line.Length != right.Line.Length)) node.PinInputs("is part of a product along two axes");
        else if (!both && axis < rank - 2 && !StretchesOver(node, axis, rank)) node.PinInputs("is multiplied by what cannot be removed");
        else Give(node, axis, both, !leftEnds && leftAxis >= 0 ? left : right, right);
    }

    private static void Give(NodeLabels node, int axis, bool both, LabelTensor labels, LabelTensor other)
    {
        for (int i = 0; both && i < labels.Line.Length; i++)
            node.Table.Tie(labels.Line[i], other.Line[i], node.Because("is multiplied by what cannot be removed"));
        node.Give(0, axis, labels.Line);
    }

    private static void Contract(NodeLabels node, LabelTensor left, LabelTensor right, bool leftEnds, bool rightEnds)
    {
        string reason = node.Because("is multiplied by what cannot be removed");
        int length = leftEnds ? left.Line.Length : right.Line.Length;
        for (int k = 0; k < length; k++)
            node.Table.Tie(leftEnds ? left.Line[k] : LabelTable.Fixed, rightEnds ? right.Line[k] : LabelTable.Fixed, reason);
        node.Consume(leftEnds ? 0 : 1);
    }

    /// <summary>Whether the side without labels has one element along a batch axis, or both sides are labelled elsewhere.</summary>
    private static bool StretchesOver(NodeLabels node, int axis, int rank) => Enumerable.Range(0, 2).Any(input =>
        node.Inference.Shape(input) is var shape && (axis - (rank - shape.Length) is var own) && (own < 0 || shape[own] == 1));

    private static int Aligned(LabelTensor labels, int rank) => labels.IsFixed ? -1 : labels.Axis + rank - labels.Shape.Length;
}
