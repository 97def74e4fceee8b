using Distributed.Client.Selection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>Accuracy against latency in the terminal.</summary>
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
        List<ScatterPoint> points =
        [
            .. view.Others.Select(trial => Point(trial, Dominated)),
            .. view.Models.Select(trial => Point(trial, Front)),
            .. view.Dense is { } dense ? [Point(dense, Dense)] : Array.Empty<ScatterPoint>(),
        ];
        if (points.Count == 0) return new Rows();
        int width = Math.Clamp(columns - Margin, 20, Widest);
        var lines = ScatterText.Draw(points, width, height, Quantity.Ratio, Quantity.Percent);
        string legend = $"accuracy (validation) over latency ÷ dense   {Front} front   {Dominated} dominated   {Dense} dense";
        return new Rows([new Text(legend), .. lines.Select(line => new Markup(Coloured(line)))]);
    }

    private static ScatterPoint Point(TrialState trial, char mark) => new(trial.Measurement!.Latency.Ratio, trial.Measurement.Accuracy, mark);

    private static string Coloured(string line) => Markup.Escape(line)
        .Replace($"{Front}", $"[green]{Front}[/]", StringComparison.Ordinal)
        .Replace($"{Dense}", $"[yellow]{Dense}[/]", StringComparison.Ordinal);
}
