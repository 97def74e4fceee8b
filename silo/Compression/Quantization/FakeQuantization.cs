using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Writes a network on its grids in floats that are rounded as the integers will be, so that it can be trained.</summary>
/// <remarks>
/// B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference" (2018), §3. Behind every
/// activation in 8 bits, and behind every weight tensor, stands a <see cref="Operator"/> node. Initializers keep their names, so that trained
/// weights can be put back into the network. An activation's grid stays what calibration made it; a weight's follows its largest element.
/// </remarks>
internal static class FakeQuantization
{
    /// <summary>
    /// Not an ONNX operator: rounds to a grid and passes gradients straight through. With "scale" and "zero_point" that of an activation;
    /// with "axis", "bits" and "clip" that of a weight tensor, one scale for each index of that axis; with "input_scale" besides that of a
    /// bias, whose weights are the second input.
    /// </summary>
    public const string Operator = "FakeQuantize";

    /// <summary>The network to be trained.</summary>
    public static Network Write(QuantizationGrids grids)
    {
        var (scheme, network) = (grids.Scheme, grids.Scheme.Network);
        var edit = new NetworkEdit(network);
        var rounded = new Dictionary<string, string>(StringComparer.Ordinal);
        string Round(Attributes attributes, params ReadOnlySpan<string> inputs)
        {
            string name = edit.Fresh($"{inputs[0]}.r");
            edit.Nodes.Add(new() { Name = name, Operator = Operator, Inputs = [.. inputs], Outputs = [name], Attributes = attributes });
            return name;
        }

        string Rounded(string value, Attributes attributes) => rounded.TryGetValue(value, out string? known) ? known : rounded[value] = Round(attributes, value);

        foreach (var node in network.Nodes)
        {
            string[] inputs = [.. node.Inputs.Select(input => Written(input) ? rounded[input] : input)];
            foreach (int input in scheme.Activations(node)) inputs[input] = Rounded(node.Inputs[input], OnGrid(grids.Grids[node.Inputs[input]]));
            if (scheme[node] is NodeTreatment.Weighted or NodeTreatment.WeightedToFloat)
            {
                var axis = OfWeights(QdqExport.OutputAxis(node), grids.Rounding(node.Inputs[1]));
                inputs[1] = Rounded(node.Inputs[1], axis);
                if (node.Input(2) is { } bias) inputs[2] = Round(axis.With("input_scale", (double)grids.Grids[node.Inputs[0]].Scale), bias, node.Inputs[1]);
            }

            edit.Nodes.Add(node with { Inputs = [.. inputs] });
            foreach (string output in node.Outputs.Where(grids.Grids.ContainsKey))
            {
                if (scheme[node] == NodeTreatment.Moving) rounded[output] = output;
                else if (scheme.IsWritten(output)) Rounded(output, OnGrid(grids.Grids[output]));
            }
        }

        return edit.Done() with { Outputs = [.. network.Outputs.Select(output => output with { Name = Written(output.Name) ? rounded[output.Name] : output.Name })] };

        // What only floats produced stays readable in full; what is written in 8 bits does not.
        bool Written(string value) => rounded.ContainsKey(value) && scheme.IsWritten(value);
    }

    /// <summary>Grids and trained weights of a network that <see cref="Write"/> gave.</summary>
    /// <param name="trained">That network, after training.</param>
    /// <param name="network">The network whose grids were written.</param>
    public static QuantizationGrids Read(Network trained, Network network)
    {
        var scheme = new QuantizationScheme(QuantizationForm.Of(network));
        var found = trained.Nodes.Where(node => node.Operator == Operator && node.Attributes.Has("scale"))
            .GroupBy(node => scheme.Grids[node.Inputs[0]], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => GridOf(group.First()), StringComparer.Ordinal);
        return new QuantizationGrids(scheme, scheme.Grids.ToDictionary(pair => pair.Key, pair => found[pair.Value], StringComparer.Ordinal))
        {
            Roundings = trained.Nodes.Where(node => node.Operator == Operator && node.Attributes.Has("axis") && !node.Attributes.Has("input_scale"))
                .ToDictionary(node => node.Inputs[0], node => RoundingOf(node.Attributes), StringComparer.Ordinal),
        }.WithWeightsOf(trained);
    }

    /// <summary>How a node of weights or of a bias rounds.</summary>
    public static WeightRounding RoundingOf(Attributes attributes) => new((int)attributes.Integer("bits", WeightRounding.MostBits), attributes.Real("clip", 1));

    private static Attributes OfWeights(int axis, WeightRounding rounding)
    {
        var attributes = Attributes.Empty.With("axis", (long)axis);
        return rounding == WeightRounding.Full ? attributes : attributes.With("bits", (long)rounding.Bits).With("clip", rounding.Clip);
    }

    private static ActivationGrid GridOf(Node node) => new((float)node.Attributes.Real("scale", 1), (byte)node.Attributes.Integer("zero_point", 0));

    private static Attributes OnGrid(ActivationGrid grid) =>
        Attributes.Empty.With("scale", (double)grid.Scale).With("zero_point", (long)grid.ZeroPoint);
}
