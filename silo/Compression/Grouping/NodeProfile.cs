using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Grouping;

/// <summary>One node's costs as functions of widths.</summary>
/// <param name="network">The network.</param>
/// <param name="grouping">Its grouping.</param>
/// <param name="node">The node.</param>
/// <param name="counted">Initializers that earlier nodes were charged for.</param>
internal sealed class NodeProfile(Network network, ModelGrouping grouping, Node node, HashSet<string> counted)
{
    private static readonly WidthExpression One = new(1, []);

    /// <summary>The entries; none where the node costs nothing.</summary>
    public IEnumerable<OperatorProfile> Entries(OperatorCost cost, OperatorSurface? surface)
    {
        var (input, output) = Widths();
        var main = new OperatorProfile { Name = node.Name, Operator = node.Operator, Input = input, Output = output, Surface = surface?.Key };
        if (cost.Macs > 0) main = main with { MacsPerPair = cost.Macs / Dense(input, output) };
        var extra = new List<OperatorProfile>();
        foreach (string name in cost.Parameters > 0 ? node.Inputs.Where(IsParameter) : [])
        {
            if (!counted.Add(name)) continue;
            var (rows, columns, each) = Parameters(name);
            if (Same(rows, main.Input) && Same(columns, main.Output) && rows != One) main = main with { ParametersPerPair = main.ParametersPerPair + each };
            else if (rows == One && Same(columns, main.Output)) main = main with { ParametersPerOutput = main.ParametersPerOutput + each };
            else extra.Add(main with { Surface = null, MacsPerPair = 0, ParametersPerPair = each, ParametersPerOutput = 0, Input = rows, Output = columns });
        }

        if (main.Surface is not null || main.MacsPerPair > 0 || main.ParametersPerPair > 0 || main.ParametersPerOutput > 0) yield return main;
        foreach (var entry in extra) yield return entry;
    }

    private (WidthExpression Input, WidthExpression Output) Widths()
    {
        switch (node.Operator)
        {
            case "Conv" when Weight() is { } weight:
                return (Axis(weight, 1), Axis(weight, 0));
            case "ConvTranspose" when Weight() is { } weight:
                return (Axis(weight, 0), Axis(weight, 1));
            case "Gemm" when Weight() is { } weight:
                int columns = node.Attributes.Integer("transB", 0) != 0 ? 0 : 1;
                return (Axis(weight, 1 - columns), Axis(weight, columns));
            case "MatMul" when grouping.Values.ContainsKey(node.Inputs[0]):
                return (grouping.WidthOfValue(node.Inputs[0], grouping.Values[node.Inputs[0]].Shape.Length - 1), OutputWidth());
            default:
                return node.Input(0) is { } first && grouping.Values.ContainsKey(first) ? (Channels(first), OutputWidth()) : (One, OutputWidth());
        }
    }

    private string? Weight() => network.Initializers.ContainsKey(node.Inputs[1]) ? node.Inputs[1] : null;

    private WidthExpression Axis(string initializer, int axis) => grouping.WidthOfInitializer(initializer, axis, network.Initializers[initializer].Shape[axis]);

    private WidthExpression OutputWidth() => Channels(node.Output);

    /// <summary>The size of the labelled axis; where there is none, of the axis that holds channels by custom.</summary>
    private WidthExpression Channels(string value)
    {
        var labels = grouping.Values[value];
        return grouping.WidthOfValue(value, labels.Axis >= 0 ? labels.Axis : SurfaceAssignment.CustomaryAxis(labels.Shape));
    }

    /// <summary>Rows, columns, and elements for each pair; the rows are <see cref="One"/> where at most one axis can get shorter.</summary>
    private (WidthExpression Rows, WidthExpression Columns, double Each) Parameters(string name)
    {
        var shape = network.Initializers[name].Shape;
        int[] axes = [.. Enumerable.Range(0, shape.Length).Where(axis => grouping.Initializers.ContainsKey((name, axis)))];
        bool isWeight = node.Inputs.Length > 1 && node.Inputs[1] == name && node.Operator is "Conv" or "ConvTranspose" or "Gemm" or "MatMul";
        if (isWeight && axes.Length > 0 && Widths() is var (input, output)) return (input, output, shape.Aggregate(1.0, (n, size) => n * size) / Dense(input, output));
        WidthExpression[] widths = [.. axes.Select(axis => Axis(name, axis))];
        var columns = widths.Length > 0 ? widths[^1] : One;
        var rows = widths.Length > 1 ? widths[0] : One;
        return (rows, columns, Tensor.Count(shape) / Dense(rows, columns));
    }

    private double Dense(WidthExpression input, WidthExpression output)
    {
        int[] widths = [.. grouping.Families.Select(family => family.Width)];
        return (double)input.At(widths) * output.At(widths);
    }

    private bool IsParameter(string name) => network.Initializers.TryGetValue(name, out var tensor) && tensor is FloatTensor { Length: > 1 };

    private static bool Same(WidthExpression a, WidthExpression b) => a.Constant == b.Constant && a.Terms.SequenceEqual(b.Terms);
}
