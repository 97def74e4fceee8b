namespace Distributed.Compression.Graph;

/// <summary>Writes down the outputs' shapes and types as they are inferred: exporters leave them out or get them wrong.</summary>
internal static class OutputShapes
{
    /// <summary>The network with true outputs; −1 where a dimension follows the batch.</summary>
    public static Network Apply(Network network)
    {
        var one = ShapeInference.Values(network, 1);
        var two = ShapeInference.Values(network, 2);
        return network with
        {
            Outputs = [.. network.Outputs.Select(output => output with
            {
                Type = one[output.Name].Type,
                Shape = [.. one[output.Name].Shape.Zip(two[output.Name].Shape, (first, second) => first == second ? first : -1)],
            })],
        };
    }
}
