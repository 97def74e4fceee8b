using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>What a finished model scores on the three sets that it was not trained on.</summary>
/// <param name="Validation">Top-1 on the validation split.</param>
/// <param name="Corrupted">Top-1 on its corrupted copy.</param>
/// <param name="Test">Top-1 on the test split.</param>
/// <param name="Images">Validation images.</param>
internal sealed record Judge(double Validation, double Corrupted, double Test, int Images)
{
    public static Judge Of(TrialModel model, TrialData data, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Evaluating });
        using var span = context.Begin("evaluate");
        if (model.IsJudgedAsFile)
        {
            using var file = new OnnxEvaluator(model.File);
            return Of(images => FileAccuracy.Top1(file, images, data.Normalization), data.Splits, context);
        }

        using var net = new TorchNetwork(model.Network, data.Device);
        return Of(images => Evaluation.Accuracy(net, images, data.Normalization).Top1, data.Splits, context);
    }

    /// <summary>Together with what the model costs.</summary>
    public Measurement ToMeasurement(TrialModel model, LatencyMeasurement latency)
    {
        var costs = OperatorCosts.Of(model.Network, ShapeInference.Infer(model.Network, 1));
        return new()
        {
            Accuracy = Validation,
            AccuracyVariance = Validation * (1 - Validation) / Images,
            TestAccuracy = Test,
            CorruptedAccuracy = Corrupted,
            Latency = latency,
            Macs = costs.Sum(cost => cost.Macs),
            Parameters = costs.Sum(cost => cost.Parameters),
            Bytes = model.File.Length,
            CompressedBytes = CompressedSize.Of(model.File),
        };
    }

    private static Judge Of(Func<ImageSet, double> top1, DatasetSplits splits, ITrialContext context)
    {
        double On(ImageSet images)
        {
            context.Cancelled.ThrowIfCancellationRequested();
            context.StepBoundary();
            return top1(images);
        }

        return new(On(splits.Validation), On(splits.Corrupted), On(splits.Test), splits.Validation.Count);
    }
}
