using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Insight;

/// <summary>Prunes one family of a network at a time and judges what is left.</summary>
internal static class Sensitivity
{
    private const int MostImages = 500;
    private static readonly double[] Ratios = [0.25, 0.5, 0.75];

    /// <summary>The map of a network.</summary>
    /// <param name="network">The dense model.</param>
    /// <param name="criterion">Which units go first.</param>
    /// <param name="data">Gradients come from training images, accuracies from validation images.</param>
    /// <param name="seed">Draws the images for gradients.</param>
    /// <param name="done">Is told how many cells are done, of how many.</param>
    /// <param name="cancellation">Looked at between cells.</param>
    public static ReportSensitivity Of(
        Network network, string criterion, TrialData data, ulong seed, Action<int, int> done, CancellationToken cancellation)
    {
        var grouping = ChannelGroups.Of(network);
        var judge = Criteria.Named(criterion);
        double[][] scores = Criteria.Score(judge, grouping, Evidence.Of(network, grouping, [judge], data, seed, "report/sensitivity"));
        var images = data.Splits.Validation.Pick([.. Enumerable.Range(0, Math.Min(MostImages, data.Splits.Validation.Count))]);
        List<SensitivityRow> rows = [];
        for (int family = 0; family < grouping.Families.Length; family++)
        {
            List<double?> row = [];
            foreach (double ratio in Ratios)
            {
                cancellation.ThrowIfCancellationRequested();
                row.Add(Cell(network, grouping, scores, family, ratio, images, data));
                done((family * Ratios.Length) + row.Count, grouping.Families.Length * Ratios.Length);
            }

            rows.Add(new(grouping.Families[family].Name, row));
        }

        return new(criterion, images.Count, Ratios, rows);
    }

    private static double? Cell(
        Network network, ModelGrouping grouping, double[][] scores, int family, double ratio, ImageSet images, TrialData data)
    {
        int[] widths = [.. grouping.Families.Select(one => one.Width)];
        widths[family] = (int)Math.Round(widths[family] * (1 - ratio));
        if (widths[family] == 0) return null;
        var sliced = Slicer.Apply(network, grouping, PlanBuilder.Build(grouping, scores, widths));
        using var net = new TorchNetwork(sliced, data.Device);
        return Evaluation.Accuracy(net, images, data.Normalization).Top1;
    }
}
