using Distributed.Compression.Grouping;

namespace Distributed.Compression.Importance;

/// <summary>
/// Activation entropy (Luo and Wu 2017): −Σ p·ln p of the unit's mean activation over the images, in 16 equal bins between its least and greatest,
/// averaged over the values that other layers read. A unit that says the same of every image has 0.
/// </summary>
internal sealed class ActivationEntropy : IImportanceCriterion
{
    private const int Bins = 16;

    /// <inheritdoc/>
    public string Name => "activation-entropy";

    /// <inheritdoc/>
    public EvidenceKinds Needs => EvidenceKinds.Activations;

    /// <inheritdoc/>
    public double[] Score(Family family, ImportanceEvidence evidence)
    {
        var sites = evidence.ActivationsOf(family);
        return [.. Enumerable.Range(0, family.Width).Select(unit => sites.Average(site => Entropy(site.ImageMeans[unit])))];
    }

    private static double Entropy(double[] values)
    {
        (double least, double greatest) = (values.Min(), values.Max());
        if (!(greatest > least)) return 0;
        return values
            .CountBy(value => Math.Min(Bins - 1, (int)(Bins * (value - least) / (greatest - least))))
            .Select(bin => bin.Value / (double)values.Length)
            .Sum(part => -part * Math.Log(part));
    }
}
