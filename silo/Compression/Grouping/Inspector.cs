using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Grouping;

/// <summary>Says what a model consists of, what can be pruned and what cannot, and why.</summary>
internal static class Inspector
{
    /// <summary>Inspects an ONNX file as the import sees it.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, or an operator is not supported.</exception>
    public static ModelInspection Inspect(string path)
    {
        var read = OnnxReader.Read(path);
        return Inspect(Normalizer.Normalize(read)) with { File = path, Opset = read.Opset, Bytes = new FileInfo(path).Length };
    }

    /// <summary>Inspects a normalised network; the file's name is the network's, its size that of its export.</summary>
    public static ModelInspection Inspect(Network network)
    {
        var grouping = ChannelGroups.Of(network);
        var costs = OperatorCosts.Of(network, ShapeInference.Infer(network, batch: 1));
        return new()
        {
            File = network.Name,
            Opset = network.Opset,
            Input = Describe(network.Inputs[0]),
            Output = Describe(network.Outputs[0]),
            Layers = [.. network.Nodes.Zip(costs, (node, cost) => Layer(node, cost, grouping))],
            Families = [.. grouping.Families.Select(family => Family(family, network))],
            Macs = costs.Sum(cost => cost.Macs),
            Parameters = costs.Sum(cost => cost.Parameters),
            Bytes = OnnxWriter.ToBytes(network).LongLength,
        };
    }

    private static InspectedLayer Layer(Node node, OperatorCost cost, ModelGrouping grouping) => new()
    {
        Name = node.Name,
        Operator = node.Operator,
        Shape = Text(grouping.Values[node.Outputs.First(output => output.Length > 0)].Shape),
        Macs = cost.Macs,
        Parameters = cost.Parameters,
        Family = grouping.FamilyOf.GetValueOrDefault(node.Name),
        Pinned = grouping.Pinned.GetValueOrDefault(node.Name),
    };

    /// <summary>Members are the nodes that read a slice of the family which makes channels, in execution order.</summary>
    private static InspectedFamily Family(Family family, Network network)
    {
        var sliced = family.Units[0].Members.Where(member => member.Role == MemberRole.Filter).Select(member => member.Initializer).ToHashSet(StringComparer.Ordinal);
        return new(family.Name, family.Width, [.. network.Nodes.Where(node => node.Inputs.Any(sliced.Contains)).Select(node => node.Name)]);
    }

    private static TensorDescription Describe(ValueInfo value) => new(value.Name, Text(value.Shape));

    private static string Text(ImmutableArray<int> shape) => string.Join('×', shape.Select((size, axis) => axis == 0 || size < 0 ? "N" : Invariant($"{size}")));
}
