using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Ends of classifiers.</summary>
internal static class Endings
{
    /// <summary>The network without a softmax at its end, which would hide differences.</summary>
    public static Network WithoutSoftmax(Network network)
    {
        var last = network.Nodes.Single(node => node.Outputs.Contains(network.Outputs[0].Name));
        return last.Operator != "Softmax" ? network : network with
        {
            Nodes = network.Nodes.Remove(last),
            Outputs = [network.Outputs[0] with { Name = last.Inputs[0] }],
        };
    }
}
