using Distributed.Client.Rendering;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>Runs one sweep on a silo of our own until it has ended or is interrupted.</summary>
internal sealed class SweepRun(ConsoleContext context)
{
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(90);

    /// <summary>Launches or resumes a sweep and follows it.</summary>
    /// <returns>The sweep as it ended or was paused.</returns>
    public async Task<SweepPicture> Follow(ISweepSession session, SweepSpec spec)
    {
        await session.Launch(spec, context.Interrupted);
        var picture = await session.Load(spec.Name, context.Abandoned)
            ?? throw new SiloFailedException($"The silo accepted the sweep '{spec.Name}' but has no log of it.");
        using CancellationTokenSource drained = CancellationTokenSource.CreateLinkedTokenSource(context.Abandoned);
        var pausing = PauseWhenInterrupted(session, spec.Name, drained);
        await new ProgressDisplay(context.Messages, context.Time).Show(picture, changed => Watch(session, picture, changed, drained.Token));
        await drained.CancelAsync();
        await pausing;
        return picture;
    }

    private static async Task Watch(ISweepSession session, SweepPicture picture, Action changed, CancellationToken cancellation)
    {
        changed();
        await foreach (var happened in session.Watch(picture.State.Spec!.Name, picture.State.Next, cancellation))
        {
            picture.Apply(happened);
            changed();
            if (picture.HasEnded || picture.IsDrained) return;
        }
    }

    /// <summary>After the first interruption: pauses, and gives up waiting for the drain at its limit.</summary>
    private async Task PauseWhenInterrupted(ISweepSession session, SweepId sweep, CancellationTokenSource ended)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.Interrupted, ended.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, either.Token);
        }
        catch (OperationCanceledException)
        {
            if (ended.IsCancellationRequested) return;
            context.Say("Pausing: running trials write a checkpoint. Once more to leave at once.");
            await session.Pause(sweep, "interrupted by the user", ended.Token);
            ended.CancelAfter(DrainLimit);
        }
    }
}
