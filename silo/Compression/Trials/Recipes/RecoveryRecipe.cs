using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>How accuracy is won back after slicing.</summary>
/// <param name="Training">Fine-tuning over all steps.</param>
internal sealed record RecoveryRecipe(TrainingSpec Training)
{
    public static RecoveryRecipe Of(SweepSpec spec, Candidate candidate) => new(spec.Recovery with
    {
        Epochs = candidate.Number(ParameterNames.Epochs) ?? spec.Recovery.Epochs,
        LearningRate = candidate.Number(ParameterNames.LearningRate) ?? spec.Recovery.LearningRate,
        WeightDecay = candidate.Number(ParameterNames.WeightDecay) ?? spec.Recovery.WeightDecay,
    });
}
