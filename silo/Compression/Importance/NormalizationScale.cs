using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>BN scale: |γ| of the channel's normalisations (Liu et al. 2017), averaged over them. A family without any is judged by L1.</summary>
internal sealed class NormalizationScale : IImportanceCriterion
{
    private static readonly AbsoluteWeights Otherwise = new();

    /// <inheritdoc/>
    public string Name => "bn-scale";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.None;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => Criteria.Has(family, MemberRole.Scale)
        ? Criteria.MeanOver(family, MemberRole.Scale, member => evidence.Weights(member).Average(scale => Math.Abs((double)scale)))
        : Otherwise.Score(family, evidence);
}
