using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>Activation mean: the mean of |a| that the unit puts out, averaged over the values that other layers read (Molchanov et al. 2017, section 2.2).</summary>
internal sealed class ActivationMean : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "activation-mean";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.Activations;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence)
    {
        var sites = evidence.ActivationsOf(family);
        return [.. Enumerable.Range(0, family.Width).Select(unit => sites.Average(site => site.Magnitude[unit]))];
    }
}
