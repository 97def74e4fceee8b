using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Tensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Sparsity;

/// <summary>Puts the weights that a network has lost back to zero after each update: the mask outlives fine-tuning to the bit.</summary>
internal sealed class ZerosStay : IAfterStep, IDisposable
{
    private readonly Dictionary<string, Tensor> _gone = new(StringComparer.Ordinal);

    /// <param name="network">Whose zeros stay.</param>
    /// <param name="layers">Where they are looked for.</param>
    /// <param name="device">Where the network is trained.</param>
    public ZerosStay(Network network, IEnumerable<SparseLayer> layers, TrainingDevice device)
    {
        foreach (var layer in layers)
        {
            var weights = network.Floats(layer.Weight);
            using var gone = device.Of(Array.ConvertAll(weights.Data, SparseWeights.IsZero), [.. weights.Shape.Select(size => (long)size)]);
            _gone[layer.Weight] = Layout.ChannelsLast(gone).DetachFromDisposeScope();
        }
    }

    /// <inheritdoc/>
    public void Apply(TorchNetwork net)
    {
        foreach (var parameter in net.Parameters)
        {
            if (_gone.TryGetValue(parameter.Name, out var gone)) parameter.Value.masked_fill_(gone, TensorArithmetic.Zero);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var gone in _gone.Values) gone.Dispose();
    }
}
