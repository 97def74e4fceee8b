using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Grouping;

/// <summary>Tells the costs of every operator as functions of the families' widths, exactly as <see cref="OperatorCosts"/> counts them.</summary>
internal static class ProfileBuilder
{
    /// <summary>The operators that cost anything: multiply-accumulates, parameters or time, in the network's order.</summary>
    /// <remarks>A node whose parameters follow several width expressions has several entries of its name.</remarks>
    /// <param name="network">The network.</param>
    /// <param name="grouping">Its grouping.</param>
    /// <param name="precision">In what the operators are timed, one of <see cref="Precisions"/>.</param>
    public static IReadOnlyList<OperatorProfile> Operators(Network network, ModelGrouping grouping, string precision = Precisions.Float32)
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        var surfaces = SurfaceAssignment.Of(network, grouping, precision);
        return [.. OperatorCosts.Of(network, Shapes(network, grouping)).Zip(network.Nodes)
            .SelectMany(pair => new NodeProfile(network, grouping, pair.Second, counted).Entries(pair.First, surfaces.GetValueOrDefault(pair.Second.Name)))];
    }

    /// <summary>What must be timed so that <see cref="Operators"/> can be looked up: one request for each key.</summary>
    public static IReadOnlyList<SurfaceRequest> Surfaces(Network network, ModelGrouping grouping, string precision = Precisions.Float32)
    {
        int[] dense = [.. grouping.Families.Select(family => family.Width)];
        var surfaces = SurfaceAssignment.Of(network, grouping, precision);
        return [.. Operators(network, grouping, precision).Where(op => op.Surface is not null).GroupBy(op => op.Surface!, StringComparer.Ordinal)
            .Select(same => new SurfaceRequest(surfaces[same.First().Name], same.Max(op => op.Input.At(dense)), same.Max(op => op.Output.At(dense))))];
    }

    private static Dictionary<string, ImmutableArray<int>> Shapes(Network network, ModelGrouping grouping)
    {
        var shapes = network.Initializers.ToDictionary(pair => pair.Key, pair => pair.Value.Shape, StringComparer.Ordinal);
        foreach (var (name, labels) in grouping.Values) shapes[name] = labels.Shape;
        return shapes;
    }
}
