using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>L1: Σ|w| of the filter (Li et al. 2017), averaged over the tied layers.</summary>
internal sealed class AbsoluteWeights : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "l1";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.None;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) =>
        Criteria.MeanOver(family, MemberRole.Filter, member => evidence.Weights(member).Sum(weight => Math.Abs((double)weight)));
}
