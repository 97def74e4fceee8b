using Distributed.Compression.Data;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Trials;

/// <summary>How good an ONNX file is on a set of images, in ONNX Runtime, as a user would run it.</summary>
internal static class FileAccuracy
{
    /// <summary>Top-1 in [0, 1].</summary>
    public static double Top1(OnnxEvaluator file, ImageSet images, Normalization normalization) =>
        FileLogits.Of(file, images, normalization).Zip(images.Labels).Count(pair => FileLogits.Best(pair.First.Span) == pair.Second) / (double)images.Count;
}
