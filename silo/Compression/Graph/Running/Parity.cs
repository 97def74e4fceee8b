namespace Distributed.Compression.Graph;

/// <summary>How far two models are apart.</summary>
internal static class Parity
{
    /// <summary>What an import may change: rounding, no more.</summary>
    public const double Tolerance = 1e-4;

    /// <summary>Largest |a − b| over all logits and batches; not a number where one of them is not.</summary>
    /// <param name="network">One model.</param>
    /// <param name="model">The other model's ONNX file.</param>
    /// <param name="batches">Row-major batches.</param>
    /// <param name="shape">The shape of each batch.</param>
    public static double MaxDifference(Network network, byte[] model, IEnumerable<float[]> batches, int[] shape)
    {
        using var left = new OnnxEvaluator(OnnxWriter.ToBytes(network));
        using var right = new OnnxEvaluator(model);
        double largest = 0;
        foreach (float[] batch in batches) largest = Math.Max(largest, MaxDifference(left.Run(batch, shape), right.Run(batch, shape)));
        return largest;
    }

    /// <summary>Largest |a − b|; not a number where an element is not, or where the lengths differ.</summary>
    public static double MaxDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        if (a.Length != b.Length) return double.NaN;
        double largest = 0;
        for (int i = 0; i < a.Length; i++) largest = Math.Max(largest, Math.Abs((double)a[i] - b[i]));
        return largest;
    }
}
