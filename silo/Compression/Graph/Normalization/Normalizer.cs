namespace Distributed.Compression.Graph;

/// <summary>Brings an imported network into the form that the rest of the house works on. The network computes what it computed.</summary>
/// <remarks>
/// Afterwards: the operator set is 17 or newer and settings stand in inputs where that operator set has them; shape chains are constants, a
/// Reshape keeps the batch by 0 or −1; a fixed batch is open where that is possible; BatchNormalization is in inference form with one output;
/// Gemm is x · Wᵀ + b without factors, W an initializer; Identity, Dropout, Cast to the same type and padding by nothing are gone, as are nodes
/// and initializers that nothing reads. LayerNormalization and HardSwish that an exporter has spelled out are one node again, GELU and SiLU in
/// operator sets that have them. Clip with bounds of 0 and 6 stays as it is.
/// </remarks>
internal static class Normalizer
{
    private static readonly Func<Network, Network>[] Passes =
    [
        BatchNormalizationForm.Apply,
        OperatorSetUpgrade.Apply,
        WeightFolding.Apply,
        Bypassing.Apply,
        BatchOpening.Apply,
        ShapeFolding.Apply,
        Bypassing.Apply,
        LayerNormalizationFusion.Apply,
        ActivationFusion.Apply,
        GemmForm.Apply,
        DeadCode.Apply,
        OutputShapes.Apply,
    ];

    /// <summary>The normalised network.</summary>
    /// <exception cref="Sweeps.InvalidInputException">An operator is not supported or does not fit its inputs; the node is named.</exception>
    public static Network Normalize(Network network) => Passes.Aggregate(network, (current, pass) => pass(current));
}
