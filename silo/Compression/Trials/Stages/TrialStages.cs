namespace Distributed.Compression.Trials;

/// <summary>The stages of every trial.</summary>
internal static class TrialStages
{
    /// <summary>In the order in which they act.</summary>
    public static IReadOnlyList<ITrialStage> All { get; } =
    [
        new ReconstructionStage(),
        new ScheduleStage(),
        new CutMixStage(),
        new DistillationStage(),
        new GroupSparsityStage(),
        new SparsityStage(),
        new QuantizationStage(),
    ];
}
