using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Sparsity;
using Distributed.Compression.Training;

namespace Distributed.Compression.Trials;

/// <summary>Exports int8 where a candidate asks for it, after a last segment with the rounding of 8 bits where it asks for that.</summary>
/// <remarks>
/// The last segment begins with the network that the one before it ended with: BatchNormalization is folded, the grids of activations are
/// calibrated once and stay. Nothing normalises the weights any more: they learn at a tenth of the rate, and a step's gradients are shortened
/// to length 1. (Without that a ResNet-20 ended at chance level after a teacher's first steps.)
/// </remarks>
internal sealed class QuantizationStage : ITrialStage
{
    private const double RateOfAwareTraining = 0.1;
    private const double LargestGradient = 1;

    /// <inheritdoc/>
    public Network Prepare(Network network, Segment segment) =>
        segment.Recipe.Quantization.Aware && segment.IsLast ? FakeQuantization.Write(Calibrated(network, segment)) : network;

    /// <inheritdoc/>
    public void Arrange(TrainingParts parts, Network start, Segment segment)
    {
        if (!segment.Recipe.Quantization.Aware || !segment.IsLast) return;
        parts.Schedule = new Slower(parts.Schedule);
        parts.LargestGradient = LargestGradient;

        // Weights are read through their rounding here, where the stage of sparsity does not look for them.
        if (IsSparse(segment)) parts.AfterSteps.Add(new ZerosStay(start, SparseLayer.Of(segment.Accepted), segment.Data.Device));
    }

    /// <inheritdoc/>
    public TrialModel Finish(TrialModel model, Segment segment)
    {
        var recipe = segment.Recipe.Quantization;
        if (!recipe.Int8) return model;
        using var span = segment.Context.Begin("quantize");
        var network = recipe.Aware ? segment.Accepted : model.Network;
        var grids = recipe.Aware ? FakeQuantization.Read(model.Network, network) : Calibrated(network, segment);
        return new(recipe.Aware && IsSparse(segment) ? grids.Scheme.Network : network, OnnxWriter.ToBytes(QdqExport.Write(grids)), IsJudgedAsFile: true)
        {
            Float32 = OnnxWriter.ToBytes(grids.Scheme.Network),
            Quantization = new(
                recipe.Calibration,
                Math.Min(CalibrationImages.Most, segment.Data.Splits.Train.Count),
                recipe.Aware,
                grids.Scheme.Islands,
                new SortedDictionary<string, ActivationGrid>(grids.Grids.ToDictionary(), StringComparer.Ordinal),
                recipe.WeightBits < WeightRounding.MostBits ? WeightBitsNote.Of(grids) : null),
        };
    }

    private static bool IsSparse(Segment segment) => segment.Recipe.Sparsity.ActsIn(segment.Index, segment.Recipe.Segments);

    private static QuantizationGrids Calibrated(Network network, Segment segment)
    {
        var images = CalibrationImages.Of(segment.Data, segment.Seed, segment.Purpose("calibration"));
        var recipe = segment.Recipe.Quantization;
        return Quantizer.Calibrate(network, images, Calibrations.Named(recipe.Calibration), segment.Context.Cancelled).WithWeightBits(recipe.WeightBits, segment.Context.Cancelled);
    }

    private sealed class Slower(ISchedule schedule) : ISchedule, IDisposable
    {
        public double Rate(int step, int steps) => RateOfAwareTraining * schedule.Rate(step, steps);

        public double WeightDecay(int step, int steps) => schedule.WeightDecay(step, steps);

        public void Dispose() => (schedule as IDisposable)?.Dispose();
    }
}
