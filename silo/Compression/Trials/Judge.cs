using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>What a finished network scores on the three sets that it was not trained on.</summary>
/// <param name="Validation">Top-1 on the validation split.</param>
/// <param name="Corrupted">Top-1 on its corrupted copy.</param>
/// <param name="Test">Top-1 on the test split.</param>
/// <param name="Images">Validation images.</param>
internal sealed record Judge(double Validation, double Corrupted, double Test, int Images)
{
    public static Judge Of(Network network, TrialData data, ITrialContext context)
    {
        context.Report(new() { Phase = TrialPhase.Evaluating });
        using var net = new TorchNetwork(network);
        double On(Data.ImageSet images)
        {
            context.Cancelled.ThrowIfCancellationRequested();
            context.StepBoundary();
            return Evaluation.Accuracy(net, images, data.Normalization).Top1;
        }

        return new(On(data.Splits.Validation), On(data.Splits.Corrupted), On(data.Splits.Test), data.Splits.Validation.Count);
    }

    /// <summary>Together with what the network costs.</summary>
    public Measurement ToMeasurement(Network network, byte[] model, LatencyMeasurement latency)
    {
        var costs = OperatorCosts.Of(network, ShapeInference.Infer(network, 1));
        return new()
        {
            Accuracy = Validation,
            AccuracyVariance = Validation * (1 - Validation) / Images,
            TestAccuracy = Test,
            CorruptedAccuracy = Corrupted,
            Latency = latency,
            Macs = costs.Sum(cost => cost.Macs),
            Parameters = costs.Sum(cost => cost.Parameters),
            Bytes = model.Length,
        };
    }
}
