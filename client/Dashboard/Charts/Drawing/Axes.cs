using Plotly.Blazor;

namespace Distributed.Dashboard;

/// <summary>Axes in the pages' style.</summary>
internal static class Axes
{
    /// <summary>A layout with two named axes.</summary>
    public static Layout Of(string x, string y, Metric? xMetric = null, Metric? yMetric = null, bool logX = false, bool logY = false) => new()
    {
        XAxis = [new() { Title = new() { Text = x }, TickFormat = Format(xMetric), Type = logX ? Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Log : null }],
        YAxis = [new() { Title = new() { Text = y }, TickFormat = Format(yMetric), Type = logY ? Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Log : null }],
    };

    /// <summary>Two metrics against each other.</summary>
    public static Layout Of(Metric x, Metric y, bool logX = false, bool logY = false) => Of(Quantity.Name(x), Quantity.Name(y), x, y, logX, logY);

    /// <summary>How plotly.js writes a metric's values.</summary>
    public static string? Format(Metric? metric) => metric switch
    {
        Metric.Accuracy or Metric.CorruptedAccuracy => ".1~%",
        Metric.LatencyRatio => ".2~f",
        Metric.LatencyMs => "~r",
        null => null,
        _ => "~s",
    };
}
