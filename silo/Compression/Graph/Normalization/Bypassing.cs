namespace Distributed.Compression.Graph;

/// <summary>Removes nodes that hand their input on: Identity, Dropout, Cast to the same type, padding by nothing, joining one part.</summary>
internal static class Bypassing
{
    /// <summary>The network without such nodes.</summary>
    public static Network Apply(Network network)
    {
        var values = ShapeInference.Values(network, 1);
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        string Now(string name) => renamed.GetValueOrDefault(name, name);
        var outputs = network.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        var edit = new NetworkEdit(network);
        foreach (var old in network.Nodes)
        {
            var node = old with { Inputs = [.. old.Inputs.Select(Now)] };
            if (!HandsOn(old, values)) edit.Nodes.Add(node);
            else if (!outputs.Contains(node.Output)) renamed[node.Output] = node.Inputs[0];
            else if (!TryRenameProducer(edit, node, outputs, renamed)) edit.Nodes.Add(node);
        }

        return edit.Done();
    }

    /// <summary>Whether a node's first output is its first input and nothing reads its other outputs.</summary>
    private static bool HandsOn(Node node, IReadOnlyDictionary<string, InferredValue> values) => node.Operator switch
    {
        "Identity" or "Dropout" => true,
        "Cast" => values[node.Inputs[0]].Type == values[node.Output].Type,
        "Concat" or "Sum" or "Max" or "Min" or "Mean" => node.Inputs.Length == 1,
        "Pad" => node.Input(1) is { } pads && values[pads].Constant is IntegerTensor whole && whole.Data.All(pad => pad == 0),
        _ => false,
    };

    /// <summary>Where the node gives an output of the network, the node before it must give it instead.</summary>
    private static bool TryRenameProducer(NetworkEdit edit, Node node, HashSet<string> outputs, Dictionary<string, string> renamed)
    {
        string before = node.Inputs[0];
        int producer = edit.Nodes.FindIndex(candidate => candidate.Outputs.Contains(before));
        if (producer < 0 || outputs.Contains(before)) return false;
        for (int i = 0; i < edit.Nodes.Count; i++)
        {
            edit.Nodes[i] = edit.Nodes[i] with
            {
                Inputs = [.. edit.Nodes[i].Inputs.Select(name => name == before ? node.Output : name)],
                Outputs = [.. edit.Nodes[i].Outputs.Select(name => name == before ? node.Output : name)],
            };
        }

        renamed[before] = node.Output;
        foreach (string name in renamed.Where(pair => pair.Value == before).Select(pair => pair.Key).ToList()) renamed[name] = node.Output;
        return true;
    }
}
