using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>Finds the channel quantum of this host by timing one convolution of a model.</summary>
internal static class QuantumProbe
{
    /// <summary>The quantum that the dense convolution with the most multiply-accumulates shows; null where there is none wide enough.</summary>
    public static int? Of(Graph.Network network, ModelGrouping grouping)
    {
        var costs = ProfileBuilder.Operators(network, grouping).Where(op => op is { Operator: "Conv", Surface: not null }).OrderByDescending(op => op.MacsPerPair).ToArray();
        var requests = ProfileBuilder.Surfaces(network, grouping).ToDictionary(request => request.Surface.Key, StringComparer.Ordinal);
        var request = costs.Select(op => requests[op.Surface!])
            .FirstOrDefault(request => request.Surface.Grouping == ChannelGrouping.Dense && Math.Min(request.MaxInput, request.MaxOutput) >= Quantum.FewestChannels);
        if (request is null) return null;
        var folder = Directory.CreateTempSubdirectory("quantum-");
        try
        {
            var capped = request with { MaxInput = Math.Min(request.MaxInput, Quantum.MostChannels), MaxOutput = Math.Min(request.MaxOutput, Quantum.MostChannels) };
            return Quantum.Of(new SurfaceTimer(new(folder.FullName, HostClass.This), new LatencySpec()).Time([capped]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
