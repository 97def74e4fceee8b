using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// LAMP (Lee et al. 2021, equation 4) of whole filters: ‖w_u‖² ÷ Σ_v ‖w_v‖² over those filters v of the layer that are no smaller, averaged over the
/// tied layers. The largest filter of any layer has 1, so that families can be compared; inside a layer the order is that of L2.
/// </summary>
internal sealed class LayerAdaptiveMagnitude : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "lamp";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.None;

    /// <inheritdoc/>
    public bool ComparesFamilies => true;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => Criteria.MeanOverLayers(family, MemberRole.Filter, members =>
    {
        double[] squares = [.. members.Select(member => evidence.Weights(member).Sum(weight => (double)weight * weight))];
        return [.. squares.Select(square => square > 0 ? square / squares.Where(other => other >= square).Sum() : 0)];
    });
}
