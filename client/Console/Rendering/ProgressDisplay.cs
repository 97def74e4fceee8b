using Distributed.Client.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>Shows a sweep while it runs: redrawn in a terminal, an occasional line elsewhere.</summary>
/// <param name="console">Standard error.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressDisplay(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan BetweenBoards = TimeSpan.FromMilliseconds(100);

    /// <summary>What is drawn in a terminal.</summary>
    public Func<DateTimeOffset, SweepPicture, IRenderable> Board { get; init; } = (now, picture) => ProgressBoard.Of(picture, now, console.Profile.Width);

    /// <summary>Runs something that tells of every change.</summary>
    public async Task Show(SweepPicture picture, Func<Action, Task> follow)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi)
            await console.Live(Board(time.GetUtcNow(), picture)).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(live => follow(Boards(picture, live)));
        else
            await follow(Lines(picture));
    }

    /// <summary>Drawn anew at most ten times a second.</summary>
    private Action Boards(SweepPicture picture, LiveDisplayContext live)
    {
        var last = DateTimeOffset.MinValue;
        return () =>
        {
            var now = time.GetUtcNow();
            if (now - last < BetweenBoards) return;
            last = now;
            live.UpdateTarget(Board(now, picture));
        };
    }

    /// <summary>A line when a trial was closed or something else was recorded, else one every 15 s.</summary>
    private Action Lines(SweepPicture picture)
    {
        (int Closed, SweepStatus Status, int Phases, bool Lost) told = (-1, default, -1, false);
        var last = DateTimeOffset.MinValue;
        return () =>
        {
            var now = time.GetUtcNow();
            var state = (picture.State.Trials.Count(trial => trial.IsClosed), picture.State.Status, picture.Running.Count, picture.LostSince is not null);
            if (state == told && now - last < BetweenLines) return;
            (told, last) = (state, now);
            console.Profile.Out.Writer.WriteLine(ProgressBoard.Line(picture, now));
        };
    }
}
