namespace Distributed.Compression.Grouping;

/// <summary>
/// Normalisations pass channels on. Where channels are what the statistics run over, the smaller network takes them over the channels that
/// are left; that is what <see cref="Pruning.MaskedStatistics"/> compares with. A softmax shares one sum out: its channels stay.
/// </summary>
internal static class NormalizationLabels
{
    private const string NormalizedOver = "is normalised together with other channels";
    private const string Computed = "meets scales that are computed";

    /// <summary>Rules by operator.</summary>
    public static IReadOnlyDictionary<string, Action<NodeLabels>> Rules { get; } = new Dictionary<string, Action<NodeLabels>>
    {
        ["BatchNormalization"] = node => OfChannels(node, MemberRole.Scale, MemberRole.Shift, MemberRole.Statistic, MemberRole.Statistic),
        ["InstanceNormalization"] = Instance,
        ["LayerNormalization"] = node => OfLayer(node, MemberRole.Scale, MemberRole.Shift),
        ["RMSNormalization"] = node => OfLayer(node, MemberRole.Scale),
        ["SimplifiedLayerNormalization"] = node => OfLayer(node, MemberRole.Scale),
        ["GroupNormalization"] = OfGroups,
        ["LRN"] = node => node.Give(0, 1, node.Line(0, axis: 1)),
        ["LpNormalization"] = node => AlongAxis(node, -1),
        ["MeanVarianceNormalization"] = MeanVariance,
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

    /// <summary>Labels behind the second axis are places inside of groups, as exporters write group normalisation: statistics run over them.</summary>
    private static void Instance(NodeLabels node)
    {
        if (node.Input(0).Axis > 1) node.Give(0, node.Input(0));
        else OfChannels(node, MemberRole.Scale, MemberRole.Shift);
    }

    private static void OfLayer(NodeLabels node, params ReadOnlySpan<MemberRole> roles)
    {
        var labels = node.Input(0);
        if (labels.IsFixed) return;
        int first = node.Inference.Axis(node.Node.Attributes.Integer("axis", -1), labels.Shape.Length);
        for (int i = 0; labels.Axis >= first && i < roles.Length; i++)
        {
            if (node.Node.Input(i + 1) is null) continue;
            var scale = node.Inference.Shape(i + 1);
            int own = labels.Axis - (labels.Shape.Length - scale.Length);
            if (!node.IsInitializer(i + 1)) node.PinInputs(Computed);
            else if (own >= 0 && scale[own] == labels.Line.Length) node.Register(i + 1, own, labels.Line, roles[i]);
        }

        node.Give(0, labels);
    }

    /// <summary>Whole groups go, or every group loses the same places. Scales are one for a group before opset 21, one for a channel since.</summary>
    private static void OfGroups(NodeLabels node)
    {
        int[] line = node.Line(0, axis: 1);
        if (!node.IsInitializer(1) || !node.IsInitializer(2))
        {
            node.PinInputs(Computed);
            return;
        }

        int groups = (int)node.Node.Attributes.Integer("num_groups", 1);
        int size = line.Length / groups;
        bool whole = node.TieGroups(line, size);
        bool perChannel = node.Inference.Shape(1)[0] == line.Length;
        for (int input = 1; input <= 2 && (perChannel || whole); input++)
        {
            int[] scales = perChannel ? line : [.. Enumerable.Range(0, groups).Select(group => line[group * size])];
            node.Register(input, 0, scales, input == 1 ? MemberRole.Scale : MemberRole.Shift);
        }

        node.Give(0, 1, line);
    }

    private static void MeanVariance(NodeLabels node)
    {
        var labels = node.Input(0);
        long[] axes = node.Node.Attributes.Integers("axes") ?? [0, 2, 3];
        if (axes.Any(axis => node.Inference.Axis(axis, labels.Shape.Length) == labels.Axis)) node.Pin(labels, NormalizedOver);
        else node.Give(0, labels);
    }

    /// <summary>Before opset 13 a softmax covers every axis from the given one on.</summary>
    private static void Softmax(NodeLabels node)
    {
        if (node.Inference.Opset >= 13) AlongAxis(node, -1);
        else Over(node, 1, (labelled, axis) => labelled >= axis);
    }

    private static void AlongAxis(NodeLabels node, int otherwise) => Over(node, otherwise, (labelled, axis) => labelled == axis);

    private static void Over(NodeLabels node, int otherwise, Func<int, int, bool> covers)
    {
        var labels = node.Input(0);
        int axis = node.Inference.Axis(node.Node.Attributes.Integer("axis", otherwise), labels.Shape.Length);
        if (covers(labels.Axis, axis)) node.Pin(labels, NormalizedOver);
        else node.Give(0, labels);
    }
}
