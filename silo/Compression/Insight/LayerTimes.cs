using Distributed.Compression.Graph;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Insight;

/// <summary>The time of each layer of a model in ONNX Runtime's profile.</summary>
/// <param name="Layers">By node of ours; nodes that the runtime merged into others are not in it.</param>
/// <param name="Microseconds">Of all nodes, those of no layer (reordering, for instance) among them.</param>
internal sealed record LayerTimes(IReadOnlyDictionary<string, double> Layers, double Microseconds)
{
    /// <summary>Times a model; a runtime's node belongs to the longest of our names that its name holds.</summary>
    /// <param name="model">The file.</param>
    /// <param name="network">The same, read.</param>
    /// <param name="spec">Batch size and threads.</param>
    /// <param name="cancellation">Looked at between runs.</param>
    public static LayerTimes Of(byte[] model, Network network, LatencySpec spec, CancellationToken cancellation)
    {
        string[] names = [.. network.Nodes.Where(LayerViews.Computes).Select(node => node.Name).OrderByDescending(name => name.Length).ThenBy(name => name, StringComparer.Ordinal)];
        var times = NodeTimes.Of(model, spec, network.Nodes.Length, cancellation);
        Dictionary<string, double> layers = [];
        foreach (var time in times)
        {
            if (names.FirstOrDefault(name => time.Name.Contains(name, StringComparison.Ordinal)) is { } layer)
                layers[layer] = layers.GetValueOrDefault(layer) + time.Microseconds;
        }

        return new(layers, times.Sum(time => time.Microseconds));
    }
}
