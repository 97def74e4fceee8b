using System.CommandLine;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Measuring;
using Distributed.Compression.Quantization;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>int8 beside float32: latency in turn, accuracy on a subset, size; of convolution stacks and of a trained ResNet-20.</summary>
internal sealed class QuantizationBenchmark : IBenchmark
{
    private static readonly double[] Mean = [0.485, 0.456, 0.406], Deviation = [0.229, 0.224, 0.225];

    private readonly Option<int[]> _widths = new("--widths") { Description = "Widths of the stacks.", DefaultValueFactory = _ => [16, 32, 64], AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _model = new("--model") { Description = "A trained CIFAR-10 classifier, normalised as ImageNet is." };
    private readonly Option<string?> _data = new("--data") { Description = "CIFAR-10 as an image folder or its archive." };
    private readonly Option<int> _images = new("--images") { Description = "Test images.", DefaultValueFactory = _ => 2000 };

    private readonly Option<double[]> _weightBits = new("--weight-bits") { Description = "Mean bits of the model's weights, each layer with its own, beside the same for all layers.", DefaultValueFactory = _ => [6, 5, 4, 3], AllowMultipleArgumentsPerToken = true };

    public Command Command()
    {
        var command = new Command("quantization", "int8 against float32: latency, accuracy, size.") { _widths, _model, _data, _images, _weightBits };
        command.SetAction((parsed, cancellation) =>
        {
            foreach (int width in parsed.GetRequiredValue(_widths)) Stack(width, cancellation);
            if (parsed.GetValue(_model) is { } model && parsed.GetValue(_data) is { } data) Trained(model, data, parsed.GetValue(_images), parsed.GetRequiredValue(_weightBits), cancellation);
            return Task.FromResult(0);
        });
        return command;
    }

    /// <summary>Six 3×3 convolutions with BatchNormalization and ReLU on 32×32.</summary>
    private static void Stack(int width, CancellationToken cancellation)
    {
        var net = new NetworkBuilder("stack", 1);
        string x = net.Input(3, 32, 32);
        for (int layer = 0; layer < 6; layer++) x = net.ConvBnRelu(Invariant($"layer{layer}"), x, width, kernel: 3, pad: 1);
        var random = new SeededRandom(1, "benchmarks/quantization");
        float[] images = [.. Enumerable.Range(0, 32 * 3 * 32 * 32).Select(_ => (float)random.NextNormal())];
        Tell(Invariant($"stack of width {width}"), net.Build(net.PooledHead(x, 10)), [images], new PercentileCalibration(), cancellation);
    }

    private static void Trained(string model, string path, int count, double[] weightBits, CancellationToken cancellation)
    {
        var cache = Directory.CreateTempSubdirectory("quantization-");
        try
        {
            var splits = DatasetSplits.Load(new() { Format = "image-folder", Path = path, Train = 1000, Validation = 1000, Test = count }, 1, cache.FullName, cancellation);
            var data = TrialData.Of(splits, Normalization.For(new() { Onnx = model, Mean = Mean, Deviation = Deviation }, splits.Train), TrainingDevice.Cpu);
            var network = ModelSource.Import(model);
            Console.WriteLine(Invariant($"{Path.GetFileName(model)}, float32: top-1 {Top1(OnnxWriter.ToBytes(network), data):0.0000} on {count} test images"));
            foreach (string name in Calibrations.Names)
            {
                float[][] batches = [.. CalibrationImages.Of(data, 1, "benchmarks/quantization")];
                byte[] file = Tell($"{Path.GetFileName(model)}, {name}", network, batches, Calibrations.Named(name), cancellation);
                Console.WriteLine(Invariant($"  top-1 {Top1(file, data):0.0000}"));
            }

            var grids = Quantizer.Calibrate(network, CalibrationImages.Of(data, 1, "benchmarks/quantization"), new PercentileCalibration(), cancellation);
            foreach (double mean in weightBits) Bits(grids, mean, data);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    private static void Bits(QuantizationGrids grids, double mean, TrialData data)
    {
        var own = grids.WithWeightBits(mean);
        Console.WriteLine(Invariant($"weights of {mean} bits in the mean: {Told(own)}"));
        if (mean != Math.Floor(mean)) return;
        var same = own with
        {
            Roundings = grids.Scheme.Network.Nodes.Where(node => own.Roundings.ContainsKey(node.Inputs.ElementAtOrDefault(1) ?? "")).DistinctBy(node => node.Inputs[1])
                .ToDictionary(node => node.Inputs[1], node => BitAllocation.Best(grids.Scheme.Network.Floats(node.Inputs[1]), QdqExport.OutputAxis(node), (int)mean).Rounding),
        };
        Console.WriteLine(Invariant($"  of {mean} bits in every layer: {Told(same)}"));

        string Told(QuantizationGrids chosen)
        {
            byte[] file = OnnxWriter.ToBytes(QdqExport.Write(chosen));
            var note = WeightBitsNote.Of(chosen);
            return Invariant($"top-1 {Top1(file, data):0.0000}, weights packed {note.PackedBytes} bytes, file compressed {CompressedSize.Of(file)} bytes");
        }
    }

    private static double Top1(byte[] file, TrialData data)
    {
        using var evaluator = new OnnxEvaluator(file);
        return FileAccuracy.Top1(evaluator, data.Splits.Test, data.Normalization);
    }

    private static byte[] Tell(string name, Network network, IReadOnlyList<float[]> batches, ICalibration calibration, CancellationToken cancellation)
    {
        var grids = Quantizer.Calibrate(network, batches, calibration, cancellation);
        byte[] floats = OnnxWriter.ToBytes(network), int8 = OnnxWriter.ToBytes(QdqExport.Write(grids));
        var latency = new LatencyMeter().Measure(int8, floats, new(), cancellation);
        Console.WriteLine(Invariant(
            $"{name}: {1 / latency.Ratio:0.00}× faster ({latency.MedianMs:0.000} ms, ratio {latency.Ratio:0.000} ± {latency.RatioDeviation:0.000}{(latency.Settled ? "" : ", unsettled")}), {(double)floats.Length / int8.Length:0.00}× smaller, islands: {grids.Scheme.Islands.Count}"));
        return int8;
    }
}
