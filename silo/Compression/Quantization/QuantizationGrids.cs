using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>A scheme with its numbers: the grid of every activation in 8 bits, and how finely each layer's weights are rounded.</summary>
/// <param name="Scheme">What runs on 8 bits.</param>
/// <param name="Grids">Grids by activation.</param>
internal sealed record QuantizationGrids(QuantizationScheme Scheme, IReadOnlyDictionary<string, ActivationGrid> Grids)
{
    /// <summary>Roundings by the name of the weights; those that are not named have all 8 bits.</summary>
    public IReadOnlyDictionary<string, WeightRounding> Roundings { get; init; } = new Dictionary<string, WeightRounding>();

    /// <summary>How finely weights are rounded.</summary>
    public WeightRounding Rounding(string weights) => Roundings.GetValueOrDefault(weights, WeightRounding.Full);

    /// <summary>The same grids with bits for each layer's weights.</summary>
    /// <param name="mean">The mean bits of a weight, in [2, 8].</param>
    /// <param name="cancellation">Looked at between layers.</param>
    public QuantizationGrids WithWeightBits(double mean, CancellationToken cancellation = default) => this with { Roundings = BitAllocation.Of(Scheme, mean, cancellation) };

    /// <summary>The same grids with the weights of a network that was trained on them.</summary>
    /// <param name="trained">What <see cref="FakeQuantization.Write"/> gave, after training.</param>
    public QuantizationGrids WithWeightsOf(Network trained)
    {
        var network = Scheme.Network;
        return this with { Scheme = new(network with { Initializers = network.Initializers.SetItems(network.Initializers.Keys.Select(name => KeyValuePair.Create(name, trained.Initializers[name]))) }) };
    }
}
