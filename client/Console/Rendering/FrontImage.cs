using System.Text.RegularExpressions;
using Distributed.Client.Selection;
using ScottPlot;
using SkiaSharp;

namespace Distributed.Client.Rendering;

/// <summary>What the sweep's models gain against what they cost, as a picture.</summary>
internal static partial class FrontImage
{
    private const int Width = 1000;
    private const int Height = 640;
    private const int LeftSize = 90;
    private const int EdgeMargin = 10;

    /// <summary>Without serifs, as the pages are; the first that this machine has.</summary>
    private static readonly string[] Fonts = ["Segoe UI", "Helvetica Neue", "Arial", "Noto Sans", "DejaVu Sans", "Liberation Sans"];

    private static string? Font
    {
        get
        {
            var installed = SKFontManager.Default.FontFamilies.ToHashSet(StringComparer.OrdinalIgnoreCase);
            return Array.Find(Fonts, installed.Contains);
        }
    }

    /// <summary>Writes a PNG.</summary>
    /// <param name="view">What to show.</param>
    /// <param name="spec">The sweep's, for its name and bounds.</param>
    /// <param name="path">Where; replaced when it exists.</param>
    public static void WritePng(FrontView view, SweepSpec spec, string path)
    {
        using var plot = Draw(view, spec);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Writes an SVG.</summary>
    /// <param name="view">What to show.</param>
    /// <param name="spec">The sweep's, for its name and bounds.</param>
    /// <param name="path">Where; replaced when it exists.</param>
    public static void WriteSvg(FrontView view, SweepSpec spec, string path)
    {
        using var plot = Draw(view, spec);
        // Who looks at it may not have the font that it was drawn with.
        string drawn = FontFamily().Replace(plot.GetSvgXml(Width, Height), match => $"font-family=\"{match.Groups[1].Value}, {string.Join(", ", Fonts)}, sans-serif\"");
        File.WriteAllText(path, drawn);
    }

    [GeneratedRegex("font-family=\"([^\"]*)\"")]
    private static partial Regex FontFamily();

    private static Plot Draw(FrontView view, SweepSpec spec)
    {
        Plot plot = new();
        var bounds = Feasibility.BoundsOf(spec);
        var axes = view.Axes;
        var byFeasibility = view.Others.ToLookup(trial => Feasibility.Violation(trial.Measurement!, bounds) > 0);
        Add(plot, axes, [.. byFeasibility[false]], "dominated", Colors.Gray, MarkerShape.OpenCircle, 7);
        Add(plot, axes, [.. byFeasibility[true]], "infeasible", Colors.Chocolate, MarkerShape.Eks, 8);
        var front = Add(plot, axes, view.Models, "front", Colors.SeaGreen, MarkerShape.FilledCircle, 11);
        front?.LineWidth = 2;
        front?.ConnectStyle = ConnectStyle.StepHorizontal;
        Add(plot, axes, view.Dense is { } dense ? [dense] : [], "dense", Colors.OrangeRed, MarkerShape.FilledSquare, 11);
        foreach (var trial in view.Models)
        {
            var label = plot.Add.Text(trial.Id.IsDense ? "" : $"{trial.Id}", trial.Measurement!.Of(axes.Cost), trial.Measurement.Of(axes.Gain));
            (label.OffsetX, label.OffsetY) = (8, 4);
        }

        Dress(plot, axes, spec.Name);
        return plot;
    }

    /// <summary>The words around the picture; the legend stands below it, where it hides no point.</summary>
    private static void Dress(Plot plot, FrontAxes axes, SweepId sweep)
    {
        plot.Title($"{sweep}: {Quantity.InText(axes.Gain)} against {Quantity.InText(axes.Cost)}");
        plot.XLabel(Quantity.Name(axes.Cost));
        plot.YLabel(Quantity.Name(axes.Gain));
        plot.Axes.Bottom.TickGenerator = Ticks(axes.Cost);
        plot.Axes.Left.TickGenerator = Ticks(axes.Gain);
        // Else it stands at the very edge.
        (plot.Axes.Left.MinimumSize, plot.Axes.Left.Label.OffsetX) = (LeftSize, EdgeMargin);
        plot.Axes.Bottom.Label.Bold = plot.Axes.Left.Label.Bold = false;
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = Colors.Transparent;
        plot.ShowLegend(Edge.Bottom);
        // The numbers at the points have a font of their own, which the plot's does not reach.
        if (Font is not { } font) return;
        plot.Font.Set(font);
        foreach (var label in plot.GetPlottables<ScottPlot.Plottables.Text>()) label.LabelFontName = font;
    }

    private static ScottPlot.TickGenerators.NumericAutomatic Ticks(Metric metric) => new()
    {
        LabelFormatter = value => metric is Metric.Accuracy or Metric.CorruptedAccuracy ? Invariant($"{value * 100:0.##} %") : Quantity.Of(metric, value),
    };

    private static ScottPlot.Plottables.Scatter? Add(
        Plot plot, FrontAxes axes, IReadOnlyList<TrialState> trials, string name, Color color, MarkerShape shape, float size)
    {
        if (trials.Count == 0) return null;
        var scatter = plot.Add.Scatter(
            trials.Select(trial => trial.Measurement!.Of(axes.Cost)).ToArray(),
            trials.Select(trial => trial.Measurement!.Of(axes.Gain)).ToArray());
        (scatter.LegendText, scatter.Color, scatter.MarkerShape, scatter.MarkerSize) = (name, color, shape, size);
        scatter.LineWidth = 0;
        return scatter;
    }
}
