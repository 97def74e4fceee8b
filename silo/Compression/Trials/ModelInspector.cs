using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Measuring;
using Distributed.Compression.Pruning;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Tells what the import makes of an ONNX file: layers with their costs, families, and what is pinned and why.</summary>
public static class ModelInspector
{
    /// <exception cref="InvalidInputException">The file cannot be read, or holds an operator without a rule.</exception>
    public static ModelInspection Inspect(string path)
    {
        var read = OnnxReader.Read(path);
        var network = Normalizer.Normalize(read);
        var shapes = ShapeInference.Infer(network, 1);
        var costs = OperatorCosts.Of(network, shapes);
        var union = GroupingUnion.Of(network);
        var grouping = union.Groupings[0];
        return new()
        {
            File = path,
            Opset = read.Opset,
            Input = new(network.Inputs[0].Name, Text(network.Inputs[0].Shape)),
            Output = new(network.Outputs[0].Name, Text(network.Outputs[0].Shape)),
            Layers =
            [
                .. network.Nodes.Zip(costs, (node, cost) => new InspectedLayer
                {
                    Name = node.Name,
                    Operator = node.Operator,
                    Shape = Text([-1, .. shapes[node.Output].Skip(1)]),
                    Macs = cost.Macs,
                    Parameters = cost.Parameters,
                    Family = grouping.FamilyOf.GetValueOrDefault(node.Name),
                    Pinned = grouping.Pinned.GetValueOrDefault(node.Name),
                }),
            ],
            Families = [.. union.Families.Zip(union.Gather(one => Members(network, one)), (family, members) => new InspectedFamily(family.Name, family.Width, members, family.Closure))],
            Branches = [.. ResidualBranches.Of(network).Select(branch => Inspected(branch, network, costs))],
            Quantum = QuantumProbe.Of(network, grouping),
            Macs = costs.Sum(cost => cost.Macs),
            Parameters = costs.Sum(cost => cost.Parameters),
            Bytes = new FileInfo(path).Length,
        };
    }

    /// <summary>For each family the layers that lose channels with it, also those that only some of their channels bind to it.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> Members(Network network, ModelGrouping grouping)
    {
        var layers = network.Nodes.Where(node => grouping.FamilyOf.ContainsKey(node.Name))
            .SelectMany(node => grouping.Values[node.Output].Units.Where(unit => unit >= 0).Select(unit => grouping.Locate(unit).Family).Distinct().Select(family => (family, node.Name)))
            .ToLookup(pair => pair.family, pair => pair.Name);
        return [.. grouping.Families.Select((_, i) => (IReadOnlyList<string>)[.. layers[i].Order(StringComparer.Ordinal)])];
    }

    private static InspectedBranch Inspected(ResidualBranch branch, Network network, IReadOnlyList<OperatorCost> costs)
    {
        var gone = BranchRemoval.Nodes(network, BranchRemoval.Without(network, [branch])).ToHashSet(StringComparer.Ordinal);
        var own = costs.Where(cost => gone.Contains(cost.Node)).ToList();
        return new(branch.Name, branch.Shortcut, gone.Count, own.Sum(cost => cost.Macs), own.Sum(cost => cost.Parameters));
    }

    private static string Text(IEnumerable<int> shape) => string.Join('×', shape.Select(size => size < 0 ? "N" : Invariant($"{size}")));
}
