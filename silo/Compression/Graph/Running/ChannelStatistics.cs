using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Mean and variance of each channel of the convolutions' outputs over calibration images.</summary>
internal static class ChannelStatistics
{
    /// <summary>Statistics by node name, for <see cref="BatchNormalizationInsertion.ConvolutionsWithoutNormalization"/>.</summary>
    /// <param name="network">The network.</param>
    /// <param name="batches">Row-major batches; the last may hold fewer images.</param>
    /// <param name="inputShape">The shape of a batch; its first dimension is told by each batch's length.</param>
    /// <returns>The population variance over images and positions.</returns>
    public static IReadOnlyDictionary<string, (float[] Mean, float[] Variance)> Collect(Network network, IEnumerable<float[]> batches, int[] inputShape)
    {
        var names = BatchNormalizationInsertion.ConvolutionsWithoutNormalization(network).ToHashSet(StringComparer.Ordinal);
        ImmutableArray<Node> nodes = [.. network.Nodes.Where(node => names.Contains(node.Name))];
        if (nodes.IsEmpty) return ImmutableDictionary<string, (float[], float[])>.Empty;
        var shapes = ShapeInference.Infer(network, 1);
        var exposed = network with { Outputs = [.. nodes.Select(node => new ValueInfo(node.Output, ElementType.Float, shapes[node.Output].SetItem(0, -1)))] };
        var sums = nodes.Select(node => new ChannelSums(shapes[node.Output][1])).ToArray();
        using var evaluator = new OnnxEvaluator(OnnxWriter.ToBytes(exposed));
        foreach (float[] batch in batches)
        {
            var outputs = evaluator.Run(batch, [batch.Length / Tensor.Count(inputShape[1..]), .. inputShape[1..]], evaluator.Outputs);
            for (int i = 0; i < sums.Length; i++) sums[i].Add(outputs[i].Data, Tensor.Count(outputs[i].Shape.Skip(2)));
        }

        return nodes.Zip(sums).ToImmutableDictionary(pair => pair.First.Name, pair => pair.Second.Result(), StringComparer.Ordinal);
    }

    /// <summary>Σx and Σx² of each channel, in double.</summary>
    private sealed class ChannelSums(int channels)
    {
        private readonly double[] _sum = new double[channels];
        private readonly double[] _squares = new double[channels];
        private long _count;

        public void Add(float[] data, int positions)
        {
            for (int at = 0, plane = 0; at < data.Length; at += positions, plane++)
            {
                double sum = 0;
                double squares = 0;
                foreach (float value in data.AsSpan(at, positions))
                {
                    sum += value;
                    squares += (double)value * value;
                }

                _sum[plane % channels] += sum;
                _squares[plane % channels] += squares;
            }

            _count += data.Length / channels;
        }

        public (float[] Mean, float[] Variance) Result()
        {
            float[] mean = new float[channels];
            float[] variance = new float[channels];
            for (int i = 0; i < channels; i++)
            {
                double average = _sum[i] / _count;
                mean[i] = (float)average;
                variance[i] = (float)Math.Max(0, (_squares[i] / _count) - (average * average));
            }

            return (mean, variance);
        }
    }
}
