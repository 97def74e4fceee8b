using Distributed.Compression.Data;
using Distributed.Sweeps;

namespace Distributed.Compression.Insight;

/// <summary>Compares two models' answers image by image.</summary>
internal static class Agreement
{
    private const int Bins = 10;
    private const int MostNamed = 200;

    /// <summary>Where both answer alike.</summary>
    /// <param name="images">The images, with their true classes.</param>
    /// <param name="dense">The dense model's answers.</param>
    /// <param name="pruned">The other's.</param>
    public static ReportAgreement Of(ImageSet images, Answers dense, Answers pruned)
    {
        int[] flipped = [.. Enumerable.Range(0, images.Count).Where(i => dense.Predicted[i] != pruned.Predicted[i])];
        var bins = Enumerable.Range(0, images.Count).ToLookup(i => Math.Min(Bins - 1, (int)(Bins * dense.Margins[i])));
        return new(
            images.Count,
            images.Count - flipped.Length,
            flipped.Count(i => dense.Predicted[i] == images.Labels[i]),
            flipped.Count(i => pruned.Predicted[i] == images.Labels[i]),
            [.. Enumerable.Range(0, Bins).Select(bin => new MarginBin(bins[bin].Count(), bins[bin].Count(i => dense.Predicted[i] != pruned.Predicted[i])))],
            [.. flipped.Take(MostNamed)]);
    }
}
