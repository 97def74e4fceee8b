using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>L2: √Σw² of the filter, averaged over the tied layers.</summary>
internal sealed class EuclideanWeights : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "l2";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.None;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) =>
        Criteria.MeanOver(family, MemberRole.Filter, member => Math.Sqrt(evidence.Weights(member).Sum(weight => (double)weight * weight)));
}
