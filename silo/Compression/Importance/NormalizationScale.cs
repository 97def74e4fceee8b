using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>BN scale: |γ| of the channel's normalisations (Liu et al. 2017), averaged over them. A family without any is judged by L1.</summary>
internal sealed class NormalizationScale : IImportanceCriterion
{
    private static readonly AbsoluteWeights Otherwise = new();

    /// <inheritdoc/>
    public string Name => "bn-scale";

    /// <inheritdoc/>
    public bool NeedsGradients => false;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => family.Units[0].Members.Any(member => member.Role == MemberRole.Scale)
        ? Criteria.MeanOver(family, MemberRole.Scale, member => evidence.Weights(member).Average(scale => Math.Abs((double)scale)))
        : Otherwise.Score(family, evidence);
}
