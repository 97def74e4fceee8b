using System.Numerics.Tensors;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Trials;

namespace Distributed.Compression.Insight;

/// <summary>What an ONNX file answers to images, in ONNX Runtime, as a user would run it.</summary>
/// <param name="Predicted">The class of each image.</param>
/// <param name="Margins">Probability of the first class less that of the second, in [0, 1], of each image.</param>
internal sealed record Answers(int[] Predicted, double[] Margins)
{
    /// <summary>Asks a model.</summary>
    /// <param name="model">The file.</param>
    /// <param name="images">All are asked.</param>
    /// <param name="normalization">How they become inputs.</param>
    public static Answers Of(byte[] model, ImageSet images, Normalization normalization)
    {
        using var file = new OnnxEvaluator(model);
        var answers = FileLogits.Of(file, images, normalization).Select(logits => Answer(logits.Span)).ToList();
        return new([.. answers.Select(answer => answer.Class)], [.. answers.Select(answer => answer.Margin)]);
    }

    /// <summary>[true class][predicted class].</summary>
    public IReadOnlyList<IReadOnlyList<int>> Confusion(ImageSet images)
    {
        int[][] counts = [.. images.Classes.Select(_ => new int[images.Classes.Count])];
        for (int i = 0; i < Predicted.Length; i++) counts[images.Labels[i]][Predicted[i]]++;
        return counts;
    }

    /// <summary>Top-1, in [0, 1].</summary>
    public double Accuracy(ImageSet images) => Predicted.Index().Count(answer => answer.Item == images.Labels[answer.Index]) / (double)images.Count;

    private static (int Class, double Margin) Answer(ReadOnlySpan<float> logits)
    {
        float[] probabilities = new float[logits.Length];
        TensorPrimitives.SoftMax(logits, probabilities);
        int best = FileLogits.Best(logits);
        double second = 0;
        for (int i = 0; i < probabilities.Length; i++) second = i == best ? second : Math.Max(second, probabilities[i]);
        return (best, probabilities[best] - second);
    }
}
