using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>A scheme with its numbers: the grid of every activation in 8 bits.</summary>
/// <param name="Scheme">What runs on 8 bits.</param>
/// <param name="Grids">Grids by activation.</param>
internal sealed record QuantizationGrids(QuantizationScheme Scheme, IReadOnlyDictionary<string, ActivationGrid> Grids)
{
    /// <summary>The same grids with the weights of a network that was trained on them.</summary>
    /// <param name="trained">What <see cref="FakeQuantization.Write"/> gave, after training.</param>
    public QuantizationGrids WithWeightsOf(Network trained)
    {
        var network = Scheme.Network;
        return this with { Scheme = new(network with { Initializers = network.Initializers.SetItems(network.Initializers.Keys.Select(name => KeyValuePair.Create(name, trained.Initializers[name]))) }) };
    }
}
