namespace Distributed.Compression.Graph;

/// <summary>Raises operator sets 6 to 16 to 17: settings move from attributes to inputs, and rules that changed are spelled out.</summary>
/// <remarks>
/// The rules that changed for the operators of <see cref="OperatorShapes"/>: settings as inputs (Slice 10; Clip, Pad 11; ReduceSum, Split, Squeeze,
/// Unsqueeze 13), broadcasting by an axis (7), Softmax over all later axes (13), Upsample (10) and Resize (11). Newer sets stay what they are.
/// </remarks>
internal static class OperatorSetUpgrade
{
    /// <summary>The operator set that the zoo is built with and older networks are raised to.</summary>
    public const int Target = 17;

    /// <summary>The network with an operator set of 17 or newer.</summary>
    public static Network Apply(Network network)
    {
        if (network.Opset >= Target) return network;
        var edit = new NetworkEdit(network);
        var values = ShapeInference.Given(network, batch: 1);
        foreach (var node in network.Nodes)
        {
            var old = new NodeInference(node, network.Opset, values);
            foreach (var upgraded in ShapeInference.Guarded(old, () => OperatorUpgrades.Upgrade(old, edit)))
            {
                foreach (string constant in upgraded.Inputs.Where(input => input.Length > 0 && !values.ContainsKey(input)))
                    values[constant] = new(edit.Initializers[constant].Shape, edit.Initializers[constant].Type, edit.Initializers[constant]);
                ShapeInference.Infer(upgraded, Target, values);
                edit.Nodes.Add(upgraded);
            }
        }

        return edit.Done() with { Opset = Target };
    }
}
