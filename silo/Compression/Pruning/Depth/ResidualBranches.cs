using System.Collections.Immutable;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Pruning;

/// <summary>Finds the residual branches of any network by how its values depend on one another; no operator has a rule of its own.</summary>
/// <remarks>
/// <para>
/// Of <c>y = Add(f(x), s(x))</c> one side may be left out where the other has the sum's shape, where what only that side needs holds a layer
/// (Conv, Gemm, MatMul), and where both come from one value x that a node gives, or that is the other side itself. Where both sides may be,
/// the one with more layers is the branch and the other its shortcut: in a ResNet's first block of a stage the projection stays.
/// </para>
/// <para>Blocks of convolutions, inverted bottlenecks, attention and the layers behind it are all found by this alone.</para>
/// </remarks>
internal sealed class ResidualBranches
{
    private readonly Network _network;
    private readonly IReadOnlyDictionary<string, ImmutableArray<int>> _shapes;
    private readonly Dictionary<string, Node> _producers;
    private readonly HashSet<string> _outputs;

    private ResidualBranches(Network network)
    {
        _network = network;
        _shapes = ShapeInference.Infer(network, 1);
        _producers = network.Nodes.SelectMany(node => node.Outputs.Where(output => output.Length > 0).Select(output => (output, node))).ToDictionary(pair => pair.output, pair => pair.node, StringComparer.Ordinal);
        _outputs = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The branches, in the order in which they are added; one at most for each Add.</summary>
    public static IReadOnlyList<ResidualBranch> Of(Network network)
    {
        ResidualBranches found = new(network);
        return [.. network.Nodes.Select(found.At).OfType<ResidualBranch>()];
    }

    private ResidualBranch? At(Node node)
    {
        if (node is not { Operator: "Add" or "Sum", Inputs: [var first, var second] } || first == second || _outputs.Contains(node.Output)) return null;
        var sides = new[] { Without(node, branch: second, shortcut: first), Without(node, branch: first, shortcut: second) };
        return sides.OfType<(ResidualBranch Branch, int Layers)>().OrderByDescending(side => side.Layers).Select(side => side.Branch).FirstOrDefault();
    }

    /// <summary>One side of a sum as a branch, and its layers; null where it is none.</summary>
    private (ResidualBranch Branch, int Layers)? Without(Node add, string branch, string shortcut)
    {
        if (!_producers.ContainsKey(branch) || _network.Initializers.ContainsKey(shortcut) || !_shapes[shortcut].SequenceEqual(_shapes[add.Output])) return null;
        var own = Own(add, branch, shortcut);
        int layers = own.Count(IsLayer);
        if (layers == 0) return null;
        var names = own.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        var entries = own.SelectMany(node => node.Inputs).Where(input => input.Length > 0 && !names.Contains(input) && !_network.Initializers.ContainsKey(input));
        var before = Ancestors(shortcut);
        return entries.Any(value => value == shortcut || (_producers.ContainsKey(value) && before.Contains(value))) ? (new(add.Name, add.Output, shortcut), layers) : null;
    }

    /// <summary>The nodes that nothing but the branch needs, once the shortcut takes the sum's place.</summary>
    private List<Node> Own(Node add, string branch, string shortcut)
    {
        List<Node> own = [];
        HashSet<string> gone = new([add.Name], StringComparer.Ordinal);
        var behind = Ancestors(branch);
        foreach (var node in _network.Nodes.Reverse().Where(node => node.Outputs.Any(behind.Contains)))
        {
            if (node.Outputs.Any(output => output == shortcut || _outputs.Contains(output) || Readers[output].Any(reader => !gone.Contains(reader.Name)))) continue;
            gone.Add(node.Name);
            own.Add(node);
        }

        return own;
    }

    private ILookup<string, Node> Readers => field ??= _network.Nodes
        .SelectMany(node => node.Inputs.Distinct().Select(input => (input, node))).ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);

    /// <summary>A value and all whose elements it depends on, without initializers; what only reads shapes depends on none.</summary>
    private HashSet<string> Ancestors(string value)
    {
        HashSet<string> found = new([value], StringComparer.Ordinal);
        Stack<string> open = new([value]);
        while (open.TryPop(out string? next))
        {
            if (!_producers.TryGetValue(next, out var node) || node.Operator is "Shape" or "Size") continue;
            foreach (string input in node.Inputs)
            {
                if (input.Length > 0 && !_network.Initializers.ContainsKey(input) && found.Add(input)) open.Push(input);
            }
        }

        return found;
    }

    private bool IsLayer(Node node) => node.Operator is "Conv" or "Gemm" or "MatMul" && node.Input(1) is { } weight && _network.Initializers.ContainsKey(weight);
}
