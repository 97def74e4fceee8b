namespace Distributed.Compression.Grouping;

/// <summary>Normalisations: by running or own statistics of each channel they pass labels on; over channels they pin them.</summary>
internal static class NormalizationLabels
{
    private const string NormalizedOver = "is normalised together with other channels";

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = new Dictionary<string, Action<NodeLabels>>
    {
        ["BatchNormalization"] = node => OfChannels(node, MemberRole.Scale, MemberRole.Shift, MemberRole.Statistic, MemberRole.Statistic),
        ["InstanceNormalization"] = node => OfChannels(node, MemberRole.Scale, MemberRole.Shift),
        ["LayerNormalization"] = node => FromAxis(node, -1),
        ["GroupNormalization"] = node => node.PinInputs(NormalizedOver),
        ["LpNormalization"] = node => AlongAxis(node, -1),
        ["LRN"] = node => node.PinInputs(NormalizedOver),
        ["MeanVarianceNormalization"] = node => node.PinInputs(NormalizedOver),
        ["Softmax"] = Softmax,
        ["LogSoftmax"] = Softmax,
        ["Hardmax"] = Softmax,
    };

    private static void OfChannels(NodeLabels node, params ReadOnlySpan<MemberRole> roles)
    {
        int[] line = node.Line(0, axis: 1);
        for (int i = 0; i < roles.Length; i++)
        {
            if (node.IsInitializer(i + 1)) node.Register(i + 1, 0, line, roles[i]);
            else node.PinInputs("meets statistics that are computed");
        }

        node.Give(0, 1, line);
    }

    /// <summary>Before opset 13 a softmax covers every axis from the given one on.</summary>
    private static void Softmax(NodeLabels node)
    {
        if (node.Inference.Opset >= 13) AlongAxis(node, -1);
        else FromAxis(node, 1);
    }

    private static void FromAxis(NodeLabels node, int otherwise) => Over(node, otherwise, (labelled, axis) => labelled >= axis);

    private static void AlongAxis(NodeLabels node, int otherwise) => Over(node, otherwise, (labelled, axis) => labelled == axis);

    private static void Over(NodeLabels node, int otherwise, Func<int, int, bool> covers)
    {
        var labels = node.Input(0);
        int axis = node.Inference.Axis(node.Node.Attributes.Integer("axis", otherwise), labels.Shape.Length);
        if (covers(labels.Axis, axis)) node.Pin(labels, NormalizedOver);
        else node.Give(0, labels);
    }
}
