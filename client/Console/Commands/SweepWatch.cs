using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>`sweep watch`: follows a sweep that another process runs.</summary>
internal sealed class SweepWatch(ConsoleContext context)
{
    /// <summary>Follows to the end, or tells that nothing runs.</summary>
    public async Task<int> Follow(string store, SweepId sweep, bool json, CancellationToken cancellation)
    {
        await using var session = await context.Sessions.Open(store, cancellation);
        var picture = await SweepCommands.Find(session, sweep, cancellation);
        if (json) return await Events(session, sweep, cancellation);
        if (session.IsLive && !picture.HasEnded)
            await new ProgressDisplay(context.Messages, context.Time).Show(picture, changed => Watch(session, picture, changed, cancellation));
        else if (!picture.HasEnded)
            context.Say($"No silo runs on the store '{store}': '{sweep}' does not go on. 'sweep resume {sweep}' resumes it.");
        context.Output.Write(SweepPages.Show(picture, context.Now));
        return ExitCode.Done;
    }

    private async Task<int> Events(ISweepSession session, SweepId sweep, CancellationToken cancellation)
    {
        await foreach (var happened in session.Watch(sweep, 0, cancellation))
        {
            if (EventReport.Of(happened) is { } report) context.Write(report);
        }

        return ExitCode.Done;
    }

    private static async Task Watch(ISweepSession session, SweepPicture picture, Action changed, CancellationToken cancellation)
    {
        changed();
        await foreach (var happened in session.Watch(picture.State.Spec!.Name, picture.State.Next, cancellation))
        {
            picture.Apply(happened);
            changed();
            if (picture.HasEnded) return;
        }
    }
}
