using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.BarLib;

namespace Distributed.Dashboard;

/// <summary>What each slot did when: one bar for each phase of each attempt.</summary>
internal sealed class TimelineChart : IChart
{
    private const string Latest = "latest 100 attempts";
    private static readonly (string Choice, int Attempts)[] Ranges = [(Latest, 100), ("latest 1,000", 1000)];

    public string Name => "timeline";

    public string Title => "Timeline by slot";

    public string Caption => "Phases of each attempt, from the log: running and crashed attempts too. A cross marks an attempt that was lost or failed.";

    public ChartSize Size => ChartSize.Whole;

    public IReadOnlyList<ChartOption> Options(SweepView view) => [new("show", "show", [.. Ranges.Select(range => range.Choice)])];

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        int most = Ranges.First(range => range.Choice == query.Of(Options(view)[0])).Attempts;
        var spans = PhaseSpan.Of(view, most);
        if (spans.Count == 0) return null;
        var layout = Axes.Of("", "");
        layout.XAxis[0].Type = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Date;
        layout.YAxis[0].Type = Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Category;
        layout.YAxis[0].CategoryArray = [.. spans.Select(span => span.Slot).Distinct().Order(StringComparer.Ordinal).Reverse().Select(slot => (object)PlotText.Escape(slot))];
        layout.YAxis[0].CategoryOrder = Plotly.Blazor.LayoutLib.YAxisLib.CategoryOrderEnum.Array;
        layout.BarMode = BarModeEnum.Overlay;
        layout.BarGap = 0.35m;
        return new([.. Bars(view, spans), .. Losses(view, spans)], layout);
    }

    private static IEnumerable<ITrace> Bars(SweepView view, IReadOnlyList<PhaseSpan> spans) =>
        from phase in Enum.GetValues<TrialPhase>()
        let of = spans.Where(span => span.Phase == phase).ToList()
        where of.Count > 0
        select new Bar
        {
            Name = PageNames.Of(phase),
            Orientation = OrientationEnum.H,
            Y = [.. of.Select(span => (object)PlotText.Escape(span.Slot))],
            BaseArray = [.. of.Select(span => (object)Time(span.Start))],
            X = [.. of.Select(span => (object)Math.Round((span.End - span.Start).TotalMilliseconds))],
            CustomData = [.. of.Select(span => (object)PageNames.Address(view.Name, span.Trial))],
            HoverTextArray = [.. of.Select(Hover)],
            HoverTemplate = "%{hovertext}<extra></extra>",
            Marker = new() { Color = $"var(--phase-{phase.ToString().ToLowerInvariant()})", Line = new() { Width = 0 } },
        };

    private static IEnumerable<ITrace> Losses(SweepView view, IReadOnlyList<PhaseSpan> spans)
    {
        var lost = spans.Where(span => span.Loss is not null).ToList();
        if (lost.Count == 0) yield break;
        var look = TrialLook.Of(TrialKind.Failed) with { Symbol = "x", Size = 9 };
        yield return Marks.Points("lost or failed", look, lost, span => Time(span.End), span => PlotText.Escape(span.Slot), span => $"{Hover(span)}<br>{PlotText.Escape(EndingsChart.General(span.Loss!))}", span => PageNames.Address(view.Name, span.Trial));
    }

    private static string Hover(PhaseSpan span) =>
        $"<b>{(span.Trial.IsDense ? "Dense model" : $"Trial {span.Trial}")}</b>{(span.Epoch > 1 ? Invariant($", attempt {span.Epoch}") : "")}<br>{PageNames.Of(span.Phase)}: {Seconds(span.End - span.Start)}{(span.IsOpen ? " so far" : "")}";

    private static string Seconds(TimeSpan time) => time.TotalSeconds < 60 ? Invariant($"{time.TotalSeconds:0.0} s") : Quantity.Clock(time);

    private static string Time(DateTimeOffset time) => Invariant($"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}");
}
