using Distributed.Client.Selection;
using ScottPlot;

namespace Distributed.Client.Rendering;

/// <summary>Accuracy against latency as a picture.</summary>
internal static class FrontImage
{
    private const int Width = 1000;
    private const int Height = 640;

    /// <summary>Writes a PNG.</summary>
    /// <param name="view">What to show.</param>
    /// <param name="sweep">Its title.</param>
    /// <param name="path">Where; replaced when it exists.</param>
    public static void WritePng(FrontView view, SweepId sweep, string path)
    {
        using var plot = Draw(view, sweep);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>Writes an SVG.</summary>
    /// <param name="view">What to show.</param>
    /// <param name="sweep">Its title.</param>
    /// <param name="path">Where; replaced when it exists.</param>
    public static void WriteSvg(FrontView view, SweepId sweep, string path)
    {
        using var plot = Draw(view, sweep);
        plot.SaveSvg(path, Width, Height);
    }

    private static Plot Draw(FrontView view, SweepId sweep)
    {
        Plot plot = new();
        Add(plot, view.Others, "dominated", Colors.Gray.WithAlpha(.6), MarkerShape.OpenCircle, 7);
        var front = Add(plot, view.Models, "front", Colors.SeaGreen, MarkerShape.FilledCircle, 11);
        front?.LineWidth = 2;
        front?.ConnectStyle = ConnectStyle.StepHorizontal;
        Add(plot, view.Dense is { } dense ? [dense] : [], "dense", Colors.OrangeRed, MarkerShape.FilledSquare, 11);
        foreach (var trial in view.Models)
        {
            var label = plot.Add.Text(trial.Id.IsDense ? "" : $"{trial.Id}", trial.Measurement!.Latency.Ratio, trial.Measurement.Accuracy * 100);
            (label.OffsetX, label.OffsetY) = (8, 4);
        }

        plot.Title($"{sweep}: accuracy against latency");
        plot.XLabel("latency ÷ dense (median, measured side by side)");
        plot.YLabel("top-1 accuracy on validation, %");
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    private static ScottPlot.Plottables.Scatter? Add(
        Plot plot, IReadOnlyList<TrialState> trials, string name, Color color, MarkerShape shape, float size)
    {
        if (trials.Count == 0) return null;
        var scatter = plot.Add.Scatter(
            trials.Select(trial => trial.Measurement!.Latency.Ratio).ToArray(),
            trials.Select(trial => trial.Measurement!.Accuracy * 100).ToArray());
        (scatter.LegendText, scatter.Color, scatter.MarkerShape, scatter.MarkerSize) = (name, color, shape, size);
        scatter.LineWidth = 0;
        return scatter;
    }
}
