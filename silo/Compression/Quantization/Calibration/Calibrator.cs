using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Quantization;

/// <summary>Chooses the grids of a scheme by what its activations are over calibration images, in ONNX Runtime.</summary>
internal static class Calibrator
{
    /// <summary>The grids.</summary>
    /// <param name="scheme">What runs on 8 bits.</param>
    /// <param name="batches">Row-major batches; they may hold different numbers of images, and their division changes nothing.</param>
    /// <param name="calibration">How a grid follows from the values.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    /// <exception cref="InvalidInputException">An activation is NaN or infinite; it is named.</exception>
    public static QuantizationGrids Calibrate(QuantizationScheme scheme, IEnumerable<float[]> batches, ICalibration calibration, CancellationToken cancellation = default)
    {
        var seen = Observe(scheme, batches, cancellation);
        var ranges = new Dictionary<string, ValueRange>(StringComparer.Ordinal);
        foreach (var (value, histogram) in seen)
        {
            var range = calibration.Range(histogram);
            string grid = scheme.Grids[value];
            ranges[grid] = ranges.TryGetValue(grid, out var others) ? others.And(range) : range;
        }

        return new(scheme, scheme.Grids.ToDictionary(pair => pair.Key, pair => ActivationGrid.Of(ranges[pair.Value]), StringComparer.Ordinal));
    }

    private static Dictionary<string, ValueHistogram> Observe(QuantizationScheme scheme, IEnumerable<float[]> batches, CancellationToken cancellation)
    {
        var network = scheme.Network;
        string input = network.Inputs[0].Name;
        var seen = scheme.Observed.ToDictionary(value => value, _ => new ValueHistogram(), StringComparer.Ordinal);
        string[] computed = [.. seen.Keys.Where(value => value != input)];
        var shapes = ShapeInference.Infer(network, 1);
        var exposed = network with { Outputs = [.. computed.Select(value => new ValueInfo(value, ElementType.Float, shapes[value].SetItem(0, -1)))] };
        int[] image = [.. network.Inputs[0].Shape.Skip(1)];
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(exposed));
        foreach (float[] batch in batches)
        {
            cancellation.ThrowIfCancellationRequested();
            if (seen.TryGetValue(input, out var fed)) Add(fed, input, batch);
            var outputs = evaluator.Run(batch, [batch.Length / Tensor.Count(image), .. image], computed);
            for (int i = 0; i < computed.Length; i++) Add(seen[computed[i]], computed[i], outputs[i].Data);
        }

        return seen;
    }

    private static void Add(ValueHistogram histogram, string value, float[] data)
    {
        long before = histogram.Count;
        histogram.Add(data);
        if (histogram.Count - before != data.Length)
            throw new InvalidInputException($"value '{value}'", "it becomes NaN or infinite over the calibration images", "Train the model with a lower learning rate, or keep it in float32.");
    }
}
