namespace Distributed.Sweeps;

/// <summary>What one operator costs at given widths.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Operator">The ONNX operator.</param>
/// <param name="Input">Input channels (per group of a grouped convolution).</param>
/// <param name="Output">Output channels.</param>
/// <param name="Macs">Multiply-accumulates for one input.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Microseconds">As the latency table has it; null where it costs no time of its own, or none was timed.</param>
public sealed record LayerCost(string Name, string Operator, int Input, int Output, double Macs, double Parameters, double? Microseconds)
{
    /// <summary>Every operator that costs anything, in the order of the profile.</summary>
    /// <param name="profile">The dense model's profile.</param>
    /// <param name="widths">One for each family.</param>
    public static IReadOnlyList<LayerCost> Of(ModelProfile profile, ReadOnlySpan<int> widths)
    {
        var surfaces = profile.Surfaces.ToDictionary(surface => surface.Key, StringComparer.Ordinal);
        string? closure = Closures.Of(profile, widths);
        List<LayerCost> costs = [];
        foreach (var op in profile.Operators)
        {
            if (profile.Closure is not null && !Closures.Holds(op.Closure, closure)) continue;
            int input = op.Input.At(widths), output = op.Output.At(widths);
            double pairs = (double)input * output;
            costs.Add(new(
                op.Name, op.Operator, input, output, (op.MacsPerPair * pairs) + (op.MacsPerOutput * output), (op.ParametersPerPair * pairs) + (op.ParametersPerOutput * output),
                op.Surface is { } key && surfaces.TryGetValue(key, out var surface) ? CostModel.Interpolate(surface, input, output) : null));
        }

        return costs;
    }
}
