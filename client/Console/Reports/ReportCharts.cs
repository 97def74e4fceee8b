using ScottPlot;

namespace Distributed.Client.Reports;

/// <summary>The charts of a report, as SVG.</summary>
internal static class ReportCharts
{
    private const int Width = 1000;
    private const int Height = 400;

    /// <summary>Each layer's time, dense and pruned side by side.</summary>
    public static string Layers(ModelReport report)
    {
        using Plot plot = new();
        var timed = report.Layers.Where(layer => layer.DenseMicroseconds is not null || layer.Microseconds is not null).ToList();
        Bars(plot, [.. timed.Select(layer => layer.DenseMicroseconds ?? 0)], -0.2, "dense", Colors.OrangeRed);
        Bars(plot, [.. timed.Select(layer => layer.Microseconds ?? 0)], 0.2, "this model", Colors.SeaGreen);
        plot.Axes.Bottom.SetTicks([.. timed.Select((_, i) => (double)i)], [.. timed.Select(layer => layer.Name)]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -45;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.MinimumSize = 150;
        plot.Axes.Left.MinimumSize = 110;
        plot.YLabel("µs");
        plot.ShowLegend(Alignment.UpperRight);
        return Svg(plot);
    }

    /// <summary>By the dense model's margin, the part of the images that changed their class; above each bar how many of how many.</summary>
    public static string Margins(ReportAgreement agreement)
    {
        using Plot plot = new();
        Bars(plot, [.. agreement.Margins.Select(bin => bin.Images == 0 ? 0 : 100.0 * bin.Flipped / bin.Images)], 0, "changed their class", Colors.OrangeRed, 0.9);
        for (int i = 0; i < agreement.Margins.Count; i++)
        {
            var (images, flipped) = agreement.Margins[i];
            var label = plot.Add.Text(Invariant($"{flipped} of {images}"), i, images == 0 ? 0 : 100.0 * flipped / images);
            label.Alignment = Alignment.LowerCenter;
        }

        double width = 1.0 / agreement.Margins.Count;
        plot.Axes.Bottom.SetTicks(
            [.. agreement.Margins.Select((_, i) => (double)i)],
            [.. agreement.Margins.Select((_, i) => Invariant($"{i * width:0.0}–{(i + 1) * width:0.0}"))]);
        plot.Axes.Margins(bottom: 0, top: 0.15);
        plot.XLabel("margin of the dense model: probability of its first class less that of its second");
        plot.YLabel("% changed");
        plot.HideLegend();
        return Svg(plot);
    }

    private static void Bars(Plot plot, double[] values, double offset, string name, Color color, double size = 0.38)
    {
        var bars = plot.Add.Bars(values.Select((value, i) => new Bar { Position = i + offset, Value = value, FillColor = color, Size = size, LineWidth = 0 }).ToArray());
        bars.LegendText = name;
        plot.Axes.Margins(bottom: 0, top: 0.1);
    }

    /// <summary>The svg element alone, without the declaration before it.</summary>
    private static string Svg(Plot plot)
    {
        string document = plot.GetSvgXml(Width, Height);
        return document[document.IndexOf("<svg", StringComparison.Ordinal)..];
    }
}
