using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>`sweep watch`: follows a sweep that another process runs.</summary>
internal sealed class SweepWatch(ConsoleContext context)
{
    /// <summary>Follows to the end, or tells that nothing runs. An interruption ends the watching; the sweep goes on.</summary>
    public async Task<int> Follow(string store, SweepId sweep, bool json, CancellationToken cancellation)
    {
        await using var session = await context.Sessions.Open(store, cancellation);
        var picture = await SweepCommands.Find(session, sweep, cancellation);
        try
        {
            if (json) await Events(session, store, sweep, cancellation);
            else await Show(session, store, picture, cancellation);
        }
        catch (OperationCanceledException) when (context.Interrupted.IsCancellationRequested)
        {
            context.Say($"Left '{sweep}': it goes on; 'sweep watch {sweep}' follows it again.");
            return ExitCode.Interrupted;
        }

        if (!json) context.Output.Write(SweepPages.Show(picture, context.Now));
        return ExitCode.Done;
    }

    private async Task Show(ISweepSession session, string store, SweepPicture picture, CancellationToken cancellation)
    {
        if (session.IsLive && !picture.HasEnded)
        {
            var console = context.Messages;
            ProgressDisplay display = new(console, context.Time) { Board = (now, seen) => WatchBoard.Of(seen, now, console.Profile.Width, console.Profile.Height) };
            await display.Show(picture, changed =>
            {
                changed();
                return new SteadyWatch(context, store).Follow(session, picture, _ => changed(), cancellation);
            });
        }

        if (!picture.HasEnded)
            context.Say($"No silo runs on the store '{store}': '{picture.Sweep}' does not go on. 'sweep resume {picture.Sweep}' resumes it.");
    }

    /// <summary>Every event from the first on, one JSON object a line.</summary>
    private async Task Events(ISweepSession session, string store, SweepId sweep, CancellationToken cancellation)
    {
        if (session.IsLive)
        {
            await new SteadyWatch(context, store).Follow(session, new(sweep), Write, cancellation);
            return;
        }

        await foreach (var happened in session.Watch(sweep, 0, cancellation)) Write(happened);
    }

    private void Write(Contracts.SweepEvent? happened)
    {
        if (happened is not null && EventReport.Of(happened) is { } report) context.Write(report);
    }
}
