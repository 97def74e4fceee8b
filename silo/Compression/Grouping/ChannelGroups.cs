using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>Finds what must be pruned together.</summary>
/// <remarks>
/// <para>An example: <c>conv1</c> (3 → 4 channels) → <c>bn</c> → <c>relu</c> → <c>flatten</c> (4 × 2 × 2 → 16) → <c>gemm</c> (16 → 10).</para>
/// <para>
/// <c>conv1</c> makes the labels a b c d on its output axis, and so rows 0…3 of its weight are a b c d. <c>bn</c> passes them on: γ, β, mean
/// and variance are a b c d each. <c>flatten</c> is run on a tensor of labels [a a a a; b b b b; …] and gives the line a a a a b b b b …;
/// <c>gemm</c> reads that line on its input axis, so columns 0…3 of its weight are a, 4…7 are b. Its own 10 labels reach the graph's output
/// and are pinned. The result is one family, "conv1", of four units; unit b is: row 1 of <c>conv1.weight</c>, element 1 of γ, β, mean and
/// variance, columns 4, 5, 6, 7 of <c>gemm.weight</c>. Removing it is deleting those slices, nothing else.
/// </para>
/// <para>
/// An Add ties: if the labels e f g h of another convolution are added to a b c d, then a and e are one unit from there on. If what is added
/// is padded with zeros to a wider tensor, the padded places have labels of their own, which the Add ties to the wider convolution's.
/// </para>
/// </remarks>
internal static class ChannelGroups
{
    /// <summary>Groups a network's channels by the closure that leaves the search more units to choose from; inside groups where both leave as many.</summary>
    /// <exception cref="Sweeps.InvalidInputException">The network's shapes cannot be inferred; the node is named.</exception>
    public static ModelGrouping Of(Network network) => All(network)[0];

    /// <summary>Groups a network's channels by a closure.</summary>
    /// <exception cref="Sweeps.InvalidInputException">The network's shapes cannot be inferred; the node is named.</exception>
    public static ModelGrouping Of(Network network, Closure closure) => new FamilyBuilder(Labelling.Of(network, closure)).Build();

    /// <summary>The groupings that are legal, the one of <see cref="Of(Network)"/> first: two where channels stand in groups, else one.</summary>
    /// <exception cref="Sweeps.InvalidInputException">The network's shapes cannot be inferred; the node is named.</exception>
    public static IReadOnlyList<ModelGrouping> All(Network network)
    {
        var (inside, whole) = (Of(network, Closure.InsideGroups), Of(network, Closure.WholeGroups));
        if (inside.IsLike(whole) || whole.UnitCount == 0) return [inside];
        if (inside.UnitCount == 0) return [whole];
        return whole.UnitCount > inside.UnitCount ? [whole, inside] : [inside, whole];
    }
}
