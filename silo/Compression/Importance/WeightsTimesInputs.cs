using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// Wanda (Sun et al. 2024) of whole units: Σ |w|·‖x‖ over the weights that read the unit, where ‖x‖ is the root mean square of what they read, averaged over
/// the layers that read it. Where no stored weight reads a family (the queries of an attention), the weights that make the unit and their
/// inputs stand in.
/// </summary>
internal sealed class WeightsTimesInputs : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "wanda";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.InputNorms;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence) => Criteria.MeanOver(
        family,
        Criteria.Has(family, MemberRole.Consumer) ? MemberRole.Consumer : MemberRole.Filter,
        member => evidence.Weights(member).Zip(evidence.InputNormsOf(member), (weight, norm) => Math.Abs((double)weight) * norm).Sum());
}
