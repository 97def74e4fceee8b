using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>First-order Taylor: |Σ w · ∂L/∂w| of the filter, the change of loss that its removal foretells (Molchanov et al. 2019), averaged over the tied layers.</summary>
internal sealed class FirstOrderTaylor : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "taylor";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.Gradients;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => Criteria.MeanOver(
        family,
        MemberRole.Filter,
        member => Math.Abs(evidence.Weights(member).Zip(evidence.GradientsOf(member), (weight, gradient) => (double)weight * gradient).Sum()));
}
