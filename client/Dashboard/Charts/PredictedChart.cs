using Plotly.Blazor.LayoutLib.ShapeLib;

namespace Distributed.Dashboard;

/// <summary>What latency was foretold before training, and what was measured.</summary>
internal sealed class PredictedChart : IChart
{
    public string Name => "predicted";

    public string Title => "Predicted and measured latency";

    public string Caption => "On the line the prediction was right; above it the model is slower than the search believed.";

    public ChartSize Size => ChartSize.Third;

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        TrialKinds kinds = new(view);
        List<TrialPoint> points = [.. view.Trials.Select(Point).OfType<TrialPoint>()];
        if (points.Count < 2) return null;
        var layout = Axes.Of("Predicted latency ÷ dense", "Measured latency ÷ dense", Metric.LatencyRatio, Metric.LatencyRatio);
        double low = points.Min(point => point.Values.Min()), high = points.Max(point => point.Values.Max());
        layout.Shapes = [new() { Type = TypeEnum.Line, X0 = low, Y0 = low, X1 = high, Y1 = high, Layer = LayerEnum.Below, Line = new() { Color = "var(--ink-3)", Width = 1, Dash = "dot" } }];
        layout.ShowLegend = false;
        var look = TrialLook.Of(TrialKind.Front) with { Symbol = "circle-open", Size = 7 };
        return new(
            [Marks.Points("trials", look, points, point => point.Values[0], point => point.Values[1], point => $"{PlotText.Hover(view, point)}<br>predicted {Quantity.Ratio(point.Values[0])}, off by {100 * ((point.Values[1] / point.Values[0]) - 1):+0.0;-0.0} %", point => PageNames.Address(view.Name, point.Trial.Id))],
            layout);

        TrialPoint? Point(TrialState trial) => trial.Measurement is { } measured && TrialPoints.Foretold(view, trial)?.Of(Metric.LatencyRatio) is { } foretold
            ? new(trial, kinds.Of(trial), kinds.IsFeasible(trial), [foretold, measured.Latency.Ratio])
            : null;
    }
}
