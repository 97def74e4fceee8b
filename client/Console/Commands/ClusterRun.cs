using Distributed.Client.Rendering;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>What `run` does with a cluster: launch, follow, report. The sweep is the cluster's: it goes on when nobody follows it.</summary>
internal sealed class ClusterRun(ConsoleContext context)
{
    /// <summary>Runs a sweep to its end, or until the user stops following it.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="report">Tells of a sweep that has ended.</param>
    /// <param name="request">How.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(SweepSpec spec, Func<SweepPicture, ISweepSession, Task<int>> report, RunRequest request)
    {
        await using var session = await context.Sessions.Open(request.Store, context.Interrupted);
        bool isNew = await session.Load(spec.Name, context.Interrupted) is null;
        spec = await new SweepInputs(context).InStore(spec, session.Artifacts, isNew, context.Interrupted);
        await session.Launch(spec, context.Interrupted);
        try
        {
            var picture = await SweepCommands.Find(session, spec.Name, context.Interrupted);
            await new ProgressDisplay(context.Messages, context.Time).Show(picture, changed => Watch(session, picture, changed));
            if (picture.HasEnded) return await report(picture, session);
            context.Say($"'{spec.Name}' is paused: {picture.State.StatusReason}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (context.Interrupted.IsCancellationRequested)
        {
            context.Say($"'{spec.Name}' goes on in the cluster; 'sweep watch {spec.Name}' follows it, 'sweep pause {spec.Name}' pauses it.");
            return ExitCode.Interrupted;
        }
    }

    private async Task Watch(ISweepSession session, SweepPicture picture, Action changed)
    {
        changed();
        await foreach (var happened in session.Watch(picture.State.Spec!.Name, picture.State.Next, context.Interrupted))
        {
            picture.Apply(happened);
            changed();
            if (picture.HasEnded || picture.IsDrained) return;
        }
    }
}
