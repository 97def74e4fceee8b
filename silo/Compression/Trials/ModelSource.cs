using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Brings a sweep's dense network: built from the zoo, or imported from an ONNX file.</summary>
internal static class ModelSource
{
    private const int CalibrationBatches = 8;
    private const int CalibrationBatch = 64;

    /// <summary>The normalised network, checked against the data; BatchNormalization that an export folded away is put back.</summary>
    /// <exception cref="InvalidInputException">There is no such model, it cannot be read, it does not fit the data, or its import computes something else.</exception>
    public static Network Load(SweepSpec spec, TrialData data)
    {
        var images = data.Splits.Train;
        if (spec.Model.Zoo is { } zoo)
            return Zoo.Build(zoo, images.Channels, images.Height, images.Width, images.Classes.Count, spec.Seed);
        var read = OnnxReader.Read(spec.Model.Onnx!);
        CheckPrecision(spec.Model.Onnx!, read);
        var network = Normalizer.Normalize(read);
        DatasetFit.Check(network, data.Splits);
        network = WithNormalization(network, data);
        ImportGate.Check(spec.Model.Onnx!, read, network, Spread(data, 0, ImportGate.Images(read, network), 1), [images.Channels, images.Height, images.Width]);
        return network;
    }

    /// <summary>Reads and normalises a file.</summary>
    public static Network Import(string path) => Normalizer.Normalize(OnnxReader.Read(path));

    /// <summary>A file of 8-bit numbers has no weights that could be trained.</summary>
    private static void CheckPrecision(string file, Network network)
    {
        if (network.Nodes.FirstOrDefault(node => node.Operator is "QuantizeLinear" or "DequantizeLinear" or "QLinearConv" or "QLinearMatMul" or "ConvInteger" or "MatMulInteger") is { } node)
            throw new InvalidInputException(file, $"it computes in 8 bits already (node '{node.Name}', {node.Operator})", "Prune the float32 model that it was made of, and ask for int8 there.");
    }

    private static Network WithNormalization(Network network, TrialData data)
    {
        if (BatchNormalizationInsertion.ConvolutionsWithoutNormalization(network).Count == 0) return network;
        var images = data.Splits.Train;
        int[] shape = [Math.Min(CalibrationBatch, images.Count), images.Channels, images.Height, images.Width];
        return BatchNormalizationInsertion.Insert(network, ChannelStatistics.Collect(network, Batches(data), shape));
    }

    /// <summary>Images from all over the training split: a folder's stand class by class.</summary>
    private static IEnumerable<float[]> Batches(TrialData data)
    {
        int count = data.Splits.Train.Count, each = Math.Min(CalibrationBatch, count), batches = Math.Min(CalibrationBatches, count / each);
        return Enumerable.Range(0, batches).Select(batch => Spread(data, batch, each, batches));
    }

    /// <summary>One batch of several.</summary>
    private static float[] Spread(TrialData data, int batch, int each, int batches)
    {
        var images = data.Splits.Train;
        int size = images.Channels * images.Height * images.Width;
        float[] input = new float[each * size];
        for (int i = 0; i < each; i++)
        {
            int image = (int)((long)((batch * each) + i) * images.Count / (batches * each));
            data.Normalization.Apply(images.Pixels.AsSpan(image * size, size), input.AsSpan(i * size, size));
        }

        return input;
    }
}
