namespace Distributed.Compression.Trials;

/// <summary>The stages of every trial.</summary>
internal static class TrialStages
{
    /// <summary>In the order in which they act.</summary>
    public static IReadOnlyList<ITrialStage> All { get; } =
    [
        new SparsityStage(),
        new QuantizationStage(),
    ];
}
