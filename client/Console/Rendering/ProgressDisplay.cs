using Distributed.Client.Sessions;
using Spectre.Console;

namespace Distributed.Client.Rendering;

/// <summary>Shows a sweep while it runs: redrawn in a terminal, an occasional line elsewhere.</summary>
/// <param name="console">Standard error.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressDisplay(IAnsiConsole console, TimeProvider time)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(15);

    /// <summary>Runs something that tells of every change.</summary>
    public async Task Show(SweepPicture picture, Func<Action, Task> follow)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Capabilities.Ansi)
            await console.Live(ProgressBoard.Of(picture, time.GetUtcNow())).AutoClear(true).StartAsync(live =>
                follow(() => live.UpdateTarget(ProgressBoard.Of(picture, time.GetUtcNow()))));
        else
            await follow(Lines(picture));
    }

    /// <summary>A line when a trial was closed or something else was recorded, else one every 15 s.</summary>
    private Action Lines(SweepPicture picture)
    {
        (int Closed, SweepStatus Status, int Phases) told = (-1, default, -1);
        var last = DateTimeOffset.MinValue;
        return () =>
        {
            var now = time.GetUtcNow();
            var state = (picture.State.Trials.Count(trial => trial.IsClosed), picture.State.Status, picture.Running.Count);
            if (state == told && now - last < BetweenLines) return;
            (told, last) = (state, now);
            console.Profile.Out.Writer.WriteLine(ProgressBoard.Line(picture, now));
        };
    }
}
