using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// Fisher: ½ Σ w²·F of the filter, where F is the mean over single images of (∂L/∂w)², averaged over the tied layers: the loss that optimal brain
/// damage foretells (LeCun et al. 1990, equation 5), with the empirical Fisher matrix for the Hessian.
/// </summary>
internal sealed class FisherDiagonal : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "fisher";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.SquaredGradients;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => Criteria.MeanOver(
        family,
        MemberRole.Filter,
        member => 0.5 * evidence.Weights(member).Zip(evidence.SquaredGradientsOf(member), (weight, fisher) => (double)weight * weight * fisher).Sum());
}
