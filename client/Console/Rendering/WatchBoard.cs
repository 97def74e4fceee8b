using Distributed.Client.Selection;
using Distributed.Client.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`sweep watch` in a terminal: progress, running trials, the front, the last events, as much as there is room for.</summary>
internal static class WatchBoard
{
    private const int Events = 6;
    private const int LeastRunning = 3;
    private const int PlotHeight = 9;

    /// <summary>Lines of the plot beside its points: legend, axis, labels, a gap before and after.</summary>
    private const int PlotFrame = 5;

    /// <summary>Sweep, trials and front, above the running trials.</summary>
    private const int Head = 3;

    /// <param name="picture">The sweep.</param>
    /// <param name="now">The time.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="height">Rows of the terminal; where they are few, the plot goes first.</param>
    public static IRenderable Of(SweepPicture picture, DateTimeOffset now, int width, int height)
    {
        int room = height - Head - Events - 2;
        bool plotted = room >= PlotHeight + PlotFrame + LeastRunning && picture.State.Front.Count > 0;
        int running = Math.Max(LeastRunning, plotted ? room - PlotHeight - PlotFrame : room);
        List<IRenderable> parts = [ProgressBoard.Of(picture, now, width, running), new Text("")];
        if (plotted) parts.AddRange([FrontPlot.Of(FrontView.Of(picture.State), width, PlotHeight), new Text("")]);
        parts.AddRange(picture.Recent.TakeLast(Events).Select(entry => Event(entry, width)));
        return new Rows(parts);
    }

    private static Text Event(LogEntry entry, int width) =>
        new(OneLine.Of(Invariant($"{entry.Time.UtcDateTime:HH:mm:ss}  {EventText.Of(entry.Record)}"), width), new Style(decoration: Decoration.Dim));
}
