using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// Gradient-weighted activation: the mean over the images of |Σ a·∂L/∂a| that the unit puts out, averaged over the values that other layers read (Molchanov
/// et al. 2017, equation 8): what each image's loss would change by, to first order, were the unit silent.
/// </summary>
internal sealed class GradientActivation : IImportanceCriterion
{
    /// <inheritdoc/>
    public string Name => "gradient-activation";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.ActivationGradients;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence)
    {
        var sites = evidence.ActivationsOf(family);
        return [.. Enumerable.Range(0, family.Width).Select(unit => sites.Average(site => site.GradientWeighted![unit]))];
    }
}
