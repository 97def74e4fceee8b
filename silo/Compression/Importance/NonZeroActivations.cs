using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// APoZ: one minus the percentage of zeros (Hu et al. 2016) among the unit's activations, averaged over the values that other layers read; whatever is
/// not above 0 counts as zero, so that it means something behind a smooth function too. A family whose units do not differ in it (behind a
/// sigmoid nothing is 0) is judged by the activations' mean.
/// </summary>
internal sealed class NonZeroActivations : IImportanceCriterion
{
    private static readonly ActivationMean Otherwise = new();

    /// <inheritdoc/>
    public string Name => "apoz";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.Activations;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence)
    {
        var sites = evidence.ActivationsOf(family);
        double[] scores = [.. Enumerable.Range(0, family.Width).Select(unit => sites.Average(site => site.Positive[unit]))];
        return scores.Max() > scores.Min() ? scores : Otherwise.Score(family, evidence);
    }
}
