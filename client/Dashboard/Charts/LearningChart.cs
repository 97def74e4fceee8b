using System.Globalization;
using Plotly.Blazor;
using Plotly.Blazor.Traces;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace Distributed.Dashboard;

/// <summary>Accuracy and loss of one trial over its epochs.</summary>
internal sealed class LearningChart : IChart
{
    /// <summary>The key of the trial's number in the chart's address.</summary>
    public const string TrialKey = "trial";

    public string Name => "learning";

    public string Title => "Learning";

    public string Caption => "Validation accuracy at the rungs and at the end. The loss is drawn while the dashboard watches: reports of running trials are not recorded.";

    public bool IsLive => true;

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        string? asked = query.Chosen.FirstOrDefault(pair => pair.Key == TrialKey).Value;
        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || view.Trial(number) is not { } trial) return null;
        LearningCurve curve = LearningCurve.Of(view, trial);
        if (curve.IsEmpty) return null;
        List<ITrace> traces = [];
        if (curve.Losses.Count > 0) traces.Add(Loss(curve.Losses));
        if (curve.Reports.Count > 0) traces.Add(Marks.Line("accuracy (reported)", "var(--series-6)", X(curve.Reports), Y(curve.Reports), hover: "%{y:.2%} at epoch %{x:.2f}<extra></extra>"));
        if (curve.Accuracies.Count > 0) traces.Add(Rungs(curve.Accuracies));
        return new(traces, Of(view, trial, curve));
    }

    private static IEnumerable<object> X(IEnumerable<LearningPoint> points) => points.Select(point => (object)point.Epoch);

    private static IEnumerable<object> Y(IEnumerable<LearningPoint> points) => points.Select(point => (object)point.Value);

    private static Scatter Loss(IReadOnlyList<LearningPoint> losses)
    {
        var line = (Scatter)Marks.Line("training loss", "var(--series-2)", X(losses), Y(losses), hover: "loss %{y:.3f} at epoch %{x:.2f}<extra></extra>");
        line.YAxis = "y2";
        return line;
    }

    private static Scatter Rungs(IReadOnlyList<LearningPoint> points) => new()
    {
        Name = "accuracy",
        X = [.. X(points)],
        Y = [.. Y(points)],
        Mode = Svg.ModeFlag.Lines | Svg.ModeFlag.Markers,
        Line = new() { Color = "var(--front)", Width = 2 },
        Marker = new() { Color = "var(--front)", Size = 9 },
        HoverTextArray = [.. points.Select(point => point.Label)],
        HoverTemplate = "%{hovertext}: %{y:.2%} after %{x:.2f} epochs<extra></extra>",
    };

    private static Layout Of(SweepView view, TrialState trial, LearningCurve curve)
    {
        var layout = Axes.Of("Epoch", "Accuracy (validation)", null, Metric.Accuracy);
        double reach = Math.Max(1, curve.Epochs), margin = 0.03 * reach;
        layout.XAxis[0].Range = [-margin, reach + margin];
        layout.YAxis[0].Range = Span(curve.Accuracies.Concat(curve.Reports).Select(point => point.Value), trial.Id.IsDense ? null : view.Dense?.Measurement?.Accuracy);
        if (curve.Losses.Count > 0) layout.YAxis.Add(new() { Title = new() { Text = "Training loss" }, Overlaying = "y", Side = Plotly.Blazor.LayoutLib.YAxisLib.SideEnum.Right, ShowGrid = false });
        if (!trial.Id.IsDense && view.Dense?.Measurement is { } dense) layout.Shapes = [DenseLine(dense.Accuracy)];
        return layout;
    }

    /// <summary>From a little below the least accuracy to a little above the largest, never beyond 0 and 1; the dense model's is among them.</summary>
    private static IList<object> Span(IEnumerable<double> accuracies, double? dense)
    {
        List<double> all = [.. accuracies.Where(double.IsFinite), .. dense is { } known ? [known] : Array.Empty<double>()];
        if (all.Count == 0) return [0, 1];
        double margin = Math.Max(0.02, 0.08 * (all.Max() - all.Min()));
        return [Math.Max(0, all.Min() - margin), Math.Min(1.01, all.Max() + margin)];
    }

    /// <summary>How good the dense model is.</summary>
    private static Plotly.Blazor.LayoutLib.Shape DenseLine(double accuracy) => new()
    {
        Type = Plotly.Blazor.LayoutLib.ShapeLib.TypeEnum.Line,
        XRef = "paper",
        X0 = 0,
        X1 = 1,
        Y0 = accuracy,
        Y1 = accuracy,
        Line = new() { Color = "var(--dense)", Width = 1, Dash = "dot" },
        Label = new() { Text = "dense", Font = new() { Size = 11, Color = "var(--ink-3)" }, TextPosition = Plotly.Blazor.LayoutLib.ShapeLib.LabelLib.TextPositionEnum.Start, YAnchor = Plotly.Blazor.LayoutLib.ShapeLib.LabelLib.YAnchorEnum.Bottom },
    };
}
