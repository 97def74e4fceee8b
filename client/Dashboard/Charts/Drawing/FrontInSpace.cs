using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.Scatter3DLib;

namespace Distributed.Dashboard;

/// <summary>Three objectives at once.</summary>
internal static class FrontInSpace
{
    /// <summary>Points in space; null where no trial has all three values.</summary>
    public static Figure? Draw(SweepView view, IReadOnlyList<Objective> objectives)
    {
        var points = TrialPoints.Of(view, [.. objectives.Select(objective => objective.Metric)]);
        if (points.Count == 0) return null;
        List<ITrace> clouds = [.. TrialLook.All.Select(look => Cloud(view, look, [.. points.Where(point => point.Kind == look.Kind)])).OfType<ITrace>()];
        return new(clouds, new() { Scene = [Scene(objectives)] });
    }

    private static Scatter3D? Cloud(SweepView view, TrialLook look, IReadOnlyList<TrialPoint> points) => points.Count == 0 ? null : new()
    {
        Name = look.Label,
        X = [.. points.Select(point => (object)point.Values[0])],
        Y = [.. points.Select(point => (object)point.Values[1])],
        Z = [.. points.Select(point => (object)point.Values[2])],
        CustomData = [.. points.Select(point => (object)PageNames.Address(view.Name, point.Trial.Id))],
        HoverTextArray = [.. points.Select(point => PlotText.Hover(view, point))],
        HoverTemplate = "%{hovertext}<extra></extra>",
        Mode = ModeFlag.Markers,
        Marker = new() { Color = look.Color, Size = look.Size / 2, Symbol = Symbol(look.Kind) },
    };

    private static Scene Scene(IReadOnlyList<Objective> objectives) => new()
    {
        XAxis = new() { Title = new() { Text = Quantity.Name(objectives[0].Metric) }, TickFormat = Axes.Format(objectives[0].Metric) },
        YAxis = new() { Title = new() { Text = Quantity.Name(objectives[1].Metric) }, TickFormat = Axes.Format(objectives[1].Metric) },
        ZAxis = new() { Title = new() { Text = Quantity.Name(objectives[2].Metric) }, TickFormat = Axes.Format(objectives[2].Metric) },
    };

    /// <summary>plotly.js has only a few shapes in space.</summary>
    private static Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum Symbol(TrialKind kind) => kind switch
    {
        TrialKind.Dominated => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.CircleOpen,
        TrialKind.Infeasible => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.X,
        TrialKind.Stopped => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.DiamondOpen,
        TrialKind.Running => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.Cross,
        TrialKind.Dense => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.Square,
        TrialKind.Knee => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.Diamond,
        _ => Plotly.Blazor.Traces.Scatter3DLib.MarkerLib.SymbolEnum.Circle,
    };
}
