using Distributed.Compression.Graph;

namespace Distributed.Compression.Quantization;

/// <summary>Gives each layer the bits that its weights are worth, within a mean over all weights.</summary>
/// <remarks>
/// D. Lin, S. Talathi, S. Annapureddy, "Fixed Point Quantization of Deep Convolutional Networks" (ICML 2016), §3: in a chain of layers the
/// noise-to-signal ratios of the layers' weights add up to that of the output, whatever the layers' own scales are. The sum is made least
/// for a number of bits by taking bits, one at a time, where a bit of storage costs least noise. Noise is what rounding these very weights
/// gives, ‖w − q(w)‖² ÷ ‖w‖², not a rule of 6 dB a bit.
/// </remarks>
internal static class BitAllocation
{
    private const int Clips = 14;
    private const double ClipStep = 0.05;

    /// <summary>With more bits than these nothing is won by clipping.</summary>
    private const int MostClippedBits = 6;

    /// <summary>How each layer with weights in integers is rounded, by the name of its weights. Weights that two layers read along different axes keep 8 bits, and do not count.</summary>
    /// <param name="scheme">What runs on integers.</param>
    /// <param name="mean">The mean bits of a weight over all layers, in [2, 8].</param>
    /// <param name="cancellation">Looked at between layers.</param>
    public static IReadOnlyDictionary<string, WeightRounding> Of(QuantizationScheme scheme, double mean, CancellationToken cancellation = default)
    {
        var layers = scheme.Network.Nodes.Where(node => scheme[node] is NodeTreatment.Weighted or NodeTreatment.WeightedToFloat)
            .GroupBy(node => node.Inputs[1], StringComparer.Ordinal)
            .Where(readers => readers.Select(QdqExport.OutputAxis).Distinct().Count() == 1)
            .Select(readers => (Name: readers.Key, Weights: scheme.Network.Floats(readers.Key), Axis: QdqExport.OutputAxis(readers.First())))
            .ToList();
        if (mean >= WeightRounding.MostBits) return layers.ToDictionary(layer => layer.Name, _ => WeightRounding.Full, StringComparer.Ordinal);
        var roundings = layers.ConvertAll(layer => Enumerable.Range(WeightRounding.FewestBits, WeightRounding.MostBits - WeightRounding.FewestBits + 1).Select(bits =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Best(layer.Weights, layer.Axis, bits);
        }).ToArray());
        int[] bits = Allocate([.. layers.Select(layer => (long)layer.Weights.Data.Length)], [.. roundings.Select(steps => steps.Select(step => step.Noise).ToArray())], mean);
        return Enumerable.Range(0, layers.Count).ToDictionary(i => layers[i].Name, i => roundings[i][bits[i] - WeightRounding.FewestBits].Rounding, StringComparer.Ordinal);
    }

    /// <summary>The bits of each layer: the sum of noise is the least that taking bits one at a time finds, and the mean is held.</summary>
    /// <param name="counts">Weights of each layer.</param>
    /// <param name="noise">For each layer its noise with 2, 3, … 8 bits.</param>
    /// <param name="mean">The mean bits of a weight.</param>
    public static int[] Allocate(IReadOnlyList<long> counts, IReadOnlyList<double[]> noise, double mean)
    {
        int[] bits = [.. counts.Select(_ => WeightRounding.MostBits)];
        double left = WeightRounding.MostBits * (double)counts.Sum(), allowed = Math.Max(mean, WeightRounding.FewestBits) * counts.Sum();
        while (left > allowed)
        {
            int next = Enumerable.Range(0, bits.Length).Where(i => bits[i] > WeightRounding.FewestBits && counts[i] > 0).MinBy(i => Worth(counts, noise, i, bits[i] - 1));
            bits[next]--;
            left -= counts[next];
        }

        return GiveBack(counts, noise, bits, allowed - left);
    }

    /// <summary>The noise that one bit more takes from a layer, for each of its weights.</summary>
    private static double Worth(IReadOnlyList<long> counts, IReadOnlyList<double[]> noise, int layer, int bits) =>
        (noise[layer][bits - WeightRounding.FewestBits] - noise[layer][bits + 1 - WeightRounding.FewestBits]) / counts[layer];

    /// <summary>A large layer's last step may have freed more than was needed: what fits there goes to the layers that gain most.</summary>
    private static int[] GiveBack(IReadOnlyList<long> counts, IReadOnlyList<double[]> noise, int[] bits, double free)
    {
        while (Enumerable.Range(0, bits.Length).Where(i => bits[i] < WeightRounding.MostBits && counts[i] > 0 && counts[i] <= free).ToList() is { Count: > 0 } fitting)
        {
            int next = fitting.MaxBy(i => Worth(counts, noise, i, bits[i]));
            bits[next]++;
            free -= counts[next];
        }

        return bits;
    }

    /// <summary>The best rounding of a layer's weights to so many bits, and its noise.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="axis">The axis of output channels.</param>
    /// <param name="bits">From 2 to 8.</param>
    public static (WeightRounding Rounding, double Noise) Best(FloatTensor weights, int axis, int bits) => Enumerable.Range(0, bits <= MostClippedBits ? Clips : 1)
        // A float, as a checkpoint keeps it.
        .Select(i => new WeightRounding(bits, (float)(1 - (i * ClipStep))))
        .Select(rounding => (Rounding: rounding, Noise: Noise(weights, axis, rounding)))
        .MinBy(pair => pair.Noise);

    private static double Noise(FloatTensor weights, int axis, WeightRounding rounding)
    {
        float[] scales = WeightGrid.Of(weights, axis, null, 1, rounding).Scales;
        int inner = Tensor.Count(weights.Shape.Skip(axis + 1)), most = rounding.Levels;
        (double lost, double all) = (0, 0);
        for (int start = 0, channel = 0; start < weights.Data.Length; start += inner, channel = (channel + 1) % scales.Length)
        {
            float scale = scales[channel];
            foreach (float weight in weights.Data.AsSpan(start, inner))
            {
                double rest = weight - (Math.Clamp(MathF.Round(weight / scale), -most, most) * (double)scale);
                lost += rest * rest;
                all += (double)weight * weight;
            }
        }

        return all > 0 ? lost / all : 0;
    }
}
