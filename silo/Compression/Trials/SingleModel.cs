using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Judges and measures one ONNX file outside any sweep.</summary>
public static class SingleModel
{
    /// <summary>Top-1 on validation, corrupted validation and test, in ONNX Runtime.</summary>
    /// <param name="file">The model.</param>
    /// <param name="spec">The images and how they become inputs.</param>
    /// <param name="cache">A folder for decoded images.</param>
    /// <param name="cancellation">Looked at while images are decoded and between splits.</param>
    /// <exception cref="InvalidInputException">The model or the dataset cannot be used, or they do not fit.</exception>
    public static ModelEvaluation Evaluate(string file, EvaluationSpec spec, string cache, CancellationToken cancellation)
    {
        var splits = DatasetSplits.Load(spec.Dataset, spec.Seed, cache, cancellation);
        DatasetFit.Check(ModelSource.Import(file), splits);
        var normalization = Normalization.For(new() { Onnx = file, Mean = spec.Mean, Deviation = spec.Deviation }, splits.Train);
        using var model = new OnnxEvaluator(File.ReadAllBytes(file));
        double On(ImageSet images)
        {
            cancellation.ThrowIfCancellationRequested();
            return FileAccuracy.Top1(model, images, normalization);
        }

        return new(file, On(splits.Validation), On(splits.Corrupted), On(splits.Test), splits.Validation.Count, splits.Test.Count);
    }

    /// <summary>Latency beside a reference, by the protocol of sweeps (<see cref="LatencySpec"/>).</summary>
    /// <exception cref="InvalidInputException">A file is missing, or ONNX Runtime refuses it.</exception>
    public static ModelTiming Measure(string file, string against, LatencySpec spec, CancellationToken cancellation) =>
        new(file, against, new LatencyMeter().Measure(Opened(file, spec), Opened(against, spec), spec, cancellation));

    /// <summary>A file's bytes, after ONNX Runtime took them: of two files that are measured together it would not say which one it refuses.</summary>
    private static byte[] Opened(string file, LatencySpec spec)
    {
        byte[] model = Read(file);
        try
        {
            OrtModelSession.Open(model, spec).Dispose();
            return model;
        }
        catch (InvalidInputException error)
        {
            throw new InvalidInputException(file, $"{error.Place}: {error.Found}", error.Remedy, error);
        }
    }

    private static byte[] Read(string file) => File.Exists(file)
        ? File.ReadAllBytes(file)
        : throw new InvalidInputException(file, "there is no such file", "Give the path of an ONNX file.");
}
