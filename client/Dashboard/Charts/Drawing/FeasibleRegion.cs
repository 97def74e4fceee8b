using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.LayoutLib.ShapeLib;

namespace Distributed.Dashboard;

/// <summary>Shades what the constraints forbid, so that the feasible region stays bright.</summary>
internal static class FeasibleRegion
{
    private const double Beyond = 0.06;

    /// <summary>One band for each bound on either axis, as far as the points reach.</summary>
    public static IEnumerable<Shape> Of(SweepView view, IReadOnlyList<TrialPoint> points, Metric x, Metric y)
    {
        if (view.Spec is not { } spec) yield break;
        foreach (var bound in Bounds.Of(spec.Objectives, spec.Constraints))
        {
            for (int axis = 0; axis < 2; axis++)
            {
                if (bound.Metric != (axis == 0 ? x : y)) continue;
                double low = points.Min(point => point.Values[axis]), high = points.Max(point => point.Values[axis]), margin = Beyond * (high - low);
                if (bound.AtMost is { } most && high > most) yield return Band(axis, most, high + margin);
                if (bound.AtLeast is { } least && low < least) yield return Band(axis, Math.Max(low - margin, low / 2), least);
            }
        }
    }

    private static Shape Band(int axis, double from, double to) => new()
    {
        Type = TypeEnum.Rect,
        XRef = axis == 0 ? "x" : "paper",
        YRef = axis == 0 ? "paper" : "y",
        X0 = axis == 0 ? from : 0,
        X1 = axis == 0 ? to : 1,
        Y0 = axis == 0 ? 0 : from,
        Y1 = axis == 0 ? 1 : to,
        FillColor = "var(--forbidden)",
        Layer = LayerEnum.Below,
        Line = new() { Width = 0 },
    };
}
