using Distributed.Client.Selection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>What the sweep's models gain against what they cost, in the terminal.</summary>
internal static class FrontPlot
{
    private const char Dominated = '·';
    private const char Front = '●';
    private const char Dense = '□';
    private const int Tall = 17;
    private const int Widest = 72;
    private const int Margin = 12;

    /// <param name="view">What to show; nothing is drawn while nothing is measured.</param>
    /// <param name="columns">The terminal's width.</param>
    /// <param name="height">Rows of the plot itself.</param>
    public static IRenderable Of(FrontView view, int columns, int height = Tall)
    {
        var axes = view.Axes;
        List<ScatterPoint> points =
        [
            .. view.Others.Select(trial => Point(trial, axes, Dominated)),
            .. view.Models.Select(trial => Point(trial, axes, Front)),
            .. view.Dense is { } dense ? [Point(dense, axes, Dense)] : Array.Empty<ScatterPoint>(),
        ];
        // Logs of earlier versions do not tell every metric.
        points.RemoveAll(point => !double.IsFinite(point.X) || !double.IsFinite(point.Y));
        if (points.Count == 0) return new Rows();
        int width = Math.Clamp(columns - Margin, 20, Widest);
        var lines = ScatterText.Draw(points, width, height, cost => Quantity.Of(axes.Cost, cost), gain => Quantity.Of(axes.Gain, gain), axes.Gain is Metric.Accuracy or Metric.CorruptedAccuracy ? 1 : double.PositiveInfinity);
        string legend = $"{Quantity.InText(axes.Gain)} over {Quantity.InText(axes.Cost)}   {Front} front   {Dominated} dominated   {Dense} dense";
        return new Rows([new Text(legend), .. lines.Select(line => new Markup(Coloured(line)))]);
    }

    private static ScatterPoint Point(TrialState trial, FrontAxes axes, char mark) =>
        new(trial.Measurement!.Of(axes.Cost), trial.Measurement.Of(axes.Gain), mark);

    private static string Coloured(string line) => Markup.Escape(line)
        .Replace($"{Front}", $"[green]{Front}[/]", StringComparison.Ordinal)
        .Replace($"{Dense}", $"[yellow]{Dense}[/]", StringComparison.Ordinal);
}
