using Distributed.Compression.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Importance;

/// <summary>Random: the control that every other criterion must beat. Uniform in [0, 1), the same for the same seed and family.</summary>
internal sealed class RandomControl : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "random";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.None;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence)
    {
        var random = new SeededRandom(evidence.Seed, $"importance/random/{family.Name}");
        return [.. family.Units.Select(_ => random.NextDouble())];
    }
}
