using ScottPlot;

namespace Distributed.Client.Reports;

/// <summary>The charts of a report, as SVG.</summary>
internal static class ReportCharts
{
    private const int Width = 1000;
    private const int Height = 340;

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
        plot.Axes.Bottom.MinimumSize = 90;
        plot.YLabel("µs");
        plot.ShowLegend(Alignment.UpperRight);
        return Svg(plot);
    }

    /// <summary>Images by the dense model's margin, and how many of each bin changed their class.</summary>
    public static string Margins(ReportAgreement agreement)
    {
        using Plot plot = new();
        Bars(plot, [.. agreement.Margins.Select(bin => (double)bin.Images)], 0, "images", Colors.LightGray, 0.9);
        Bars(plot, [.. agreement.Margins.Select(bin => (double)bin.Flipped)], 0, "changed", Colors.OrangeRed, 0.9);
        plot.Axes.Bottom.SetTicks(
            [.. agreement.Margins.Select((_, i) => (double)i)],
            [.. agreement.Margins.Select((_, i) => Invariant($"{i / (double)agreement.Margins.Count:0.0}"))]);
        plot.XLabel("margin of the dense model: probability of its first class less that of its second");
        plot.YLabel("images");
        plot.ShowLegend(Alignment.UpperLeft);
        return Svg(plot);
    }

    private static void Bars(Plot plot, double[] values, double offset, string name, Color color, double size = 0.38)
    {
        var bars = plot.Add.Bars(values.Select((value, i) => new Bar { Position = i + offset, Value = value, FillColor = color, Size = size, LineWidth = 0 }).ToArray());
        bars.LegendText = name;
        plot.Axes.Margins(bottom: 0);
    }

    /// <summary>The svg element alone, without the declaration before it.</summary>
    private static string Svg(Plot plot)
    {
        string document = plot.GetSvgXml(Width, Height);
        return document[document.IndexOf("<svg", StringComparison.Ordinal)..];
    }
}
