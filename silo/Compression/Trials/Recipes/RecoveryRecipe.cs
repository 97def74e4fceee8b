using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>How accuracy is won back after slicing.</summary>
/// <param name="Training">Fine-tuning over all steps.</param>
internal sealed record RecoveryRecipe(TrainingSpec Training)
{
    /// <summary>α: the teacher's part in the loss, in [0, 1]; 0 for no teacher.</summary>
    public double Distillation { get; init; }

    /// <summary>T, above 0.</summary>
    public double Temperature { get; init; } = 4;

    /// <summary>Whether the network of the segment before teaches, instead of the dense one.</summary>
    public bool IsTeacherProgressive { get; init; }

    /// <summary>How often a batch is mixed, in [0, 1].</summary>
    public double CutMix { get; init; }

    /// <summary>Warm restarts of the learning rate in each segment.</summary>
    public int Restarts { get; init; }

    /// <summary>Whether weight decay is low while channels still go.</summary>
    public bool IsDecayLowWhilePruning { get; init; }

    /// <summary>λ of the group lasso; above 0 there is a segment before the first slicing, and every segment that a slicing follows has it.</summary>
    public double GroupSparsity { get; init; }

    /// <summary>Whether sliced layers are fitted to what they gave before, by least squares.</summary>
    public bool Reconstructs { get; init; }

    public static RecoveryRecipe Of(SweepSpec spec, Candidate candidate) => new(spec.Recovery with
    {
        Epochs = candidate.Number(ParameterNames.Epochs) ?? spec.Recovery.Epochs,
        LearningRate = candidate.Number(ParameterNames.LearningRate) ?? spec.Recovery.LearningRate,
        WeightDecay = candidate.Number(ParameterNames.WeightDecay) ?? spec.Recovery.WeightDecay,
    })
    {
        Distillation = candidate.Number(ParameterNames.Distillation) ?? 0,
        Temperature = candidate.Number(ParameterNames.Temperature) ?? 4,
        IsTeacherProgressive = candidate.Choice(ParameterNames.Teacher) == "progressive",
        CutMix = candidate.Number(ParameterNames.CutMix) ?? 0,
        Restarts = (int)(candidate.Number(ParameterNames.Restarts) ?? 0),
        IsDecayLowWhilePruning = candidate.Choice(ParameterNames.DecaySchedule) == "low-while-pruning",
        GroupSparsity = candidate.Number(ParameterNames.GroupSparsity) ?? 0,
        Reconstructs = candidate.Choice(ParameterNames.Reconstruction) == "least-squares",
    };
}
