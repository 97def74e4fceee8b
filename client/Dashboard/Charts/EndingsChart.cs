using System.Text.RegularExpressions;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.BarLib;

namespace Distributed.Dashboard;

/// <summary>Why trials were stopped or failed, and why attempts ended, by how often.</summary>
internal sealed partial class EndingsChart : IChart
{
    private const int MostReasons = 8;
    private const int FewReasons = 5;
    private const int LongestReason = 44;

    public string Name => "endings";

    public string Title => "Stops and failures";

    public string Caption => "Reasons by how often; numbers in them are left out.";

    public ChartSize Size => ChartSize.Third;

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        var reasons = Reasons(view).GroupBy(reason => reason).OrderByDescending(group => group.Count()).Take(MostReasons).ToList();
        if (reasons.Count == 0) return null;
        var layout = Axes.Of("Trials or attempts", "");
        layout.ShowLegend = false;
        layout.YAxis[0].Visible = false;
        layout.YAxis[0].Range = [0.5 - Math.Max(reasons.Count, FewReasons), 0.7];
        layout.Annotations = [.. reasons.Select((group, i) => Label(group.Key.Reason, group.Count(), i))];
        return new([Bars(reasons)], layout);
    }

    /// <summary>A reason in general: "far behind at rung #".</summary>
    internal static string General(string reason)
    {
        string text = Number().Replace(reason.Split('\n')[0], "#").Trim();
        return text.Length > LongestReason ? text[..(LongestReason - 1)] + "…" : text;
    }

    private static IEnumerable<(TrialKind Kind, string Reason)> Reasons(SweepView view)
    {
        foreach (var trial in view.Trials)
        {
            if (trial.Status is TrialStatus.Stopped or TrialStatus.Failed)
                yield return (trial.Status == TrialStatus.Stopped ? TrialKind.Stopped : TrialKind.Failed, General(trial.Ending ?? "no reason is known"));
            int lost = trial.IsClosed ? trial.Attempts.Count - 1 : trial.Attempts.Count;
            foreach (var attempt in trial.Attempts.Take(lost).Where(attempt => attempt.Ending is not null))
                yield return (TrialKind.Infeasible, "attempt: " + General(attempt.Ending!));
        }
    }

    private static Bar Bars(IReadOnlyList<IGrouping<(TrialKind Kind, string Reason), (TrialKind, string)>> reasons) => new()
    {
        Orientation = OrientationEnum.H,
        X = [.. reasons.Select(group => (object)group.Count())],
        Y = [.. reasons.Select((_, i) => (object)-i)],
        Width = 0.22m,
        HoverTextArray = [.. reasons.Select(group => $"{group.Count()} × {PlotText.Escape(group.Key.Reason)}")],
        HoverTemplate = "%{hovertext}<extra></extra>",
        Marker = new() { ColorArray = [.. reasons.Select(group => (object)TrialLook.Of(group.Key.Kind).Color)] },
    };

    private static Plotly.Blazor.LayoutLib.Annotation Label(string reason, int count, int row) => new()
    {
        Text = $"{count} · {PlotText.Escape(reason)}",
        X = 0,
        XRef = "x",
        XAnchor = Plotly.Blazor.LayoutLib.AnnotationLib.XAnchorEnum.Left,
        Y = -row,
        YRef = "y",
        YShift = 16,
        ShowArrow = false,
    };

    [GeneratedRegex(@"-?\d+(\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
