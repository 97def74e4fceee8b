using System.Text.Json;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

/// <summary>Judges an exported file as its user would: in ONNX Runtime, prepared as its lineage says.</summary>
internal static class Exported
{
    private const double Tolerance = 0.002;

    public static void Check(TrialFixture fixture, TrialArtifacts artifacts, Measurement measurement)
    {
        byte[] model = fixture.Read(artifacts.Model);
        var lineage = JsonSerializer.Deserialize<Lineage>(fixture.Read(artifacts.Lineage), SweepJson.Options)!;
        var splits = fixture.Data(TrialFixture.Spec).Splits;
        Assert.Equal(measurement.Bytes, model.Length);
        Assert.Equal(TrialFixture.Spec.Fingerprint(), lineage.SpecFingerprint);
        Assert.Equal(measurement.TestAccuracy, Accuracy(model, splits.Test, lineage.Input), Tolerance);
        Assert.Equal(measurement.Accuracy, Accuracy(model, splits.Validation, lineage.Input), Tolerance);
        Assert.Equal(measurement.CorruptedAccuracy, Accuracy(model, splits.Corrupted, lineage.Input), Tolerance);
    }

    private static double Accuracy(byte[] model, ImageSet images, InputPreparation preparation)
    {
        int plane = images.Height * images.Width;
        float[] input = [.. images.Pixels.Select((pixel, i) =>
            ((pixel / 255f) - preparation.Mean[i / plane % images.Channels]) / preparation.Deviation[i / plane % images.Channels])];
        using var evaluator = new OnnxEvaluator(model);
        float[] logits = evaluator.Run(input, [images.Count, images.Channels, images.Height, images.Width]);
        int classes = preparation.Classes.Count;
        return images.Labels.Index().Count(image => Best(logits.AsSpan(image.Index * classes, classes)) == image.Item) / (double)images.Count;
    }

    private static int Best(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int i = 1; i < logits.Length; i++)
        {
            if (logits[i] > logits[best]) best = i;
        }

        return best;
    }
}
