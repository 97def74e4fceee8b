using Distributed.Client.Sessions;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Commands;

/// <summary>What `run` and `sweep resume` do: check, start or resume, follow, report.</summary>
internal sealed class SweepRunner(ConsoleContext context)
{
    /// <summary>Runs a sweep to its end.</summary>
    /// <param name="spec">What to run.</param>
    /// <param name="fresh">Whether to remove what the store has of it first.</param>
    /// <param name="request">How.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> Run(SweepSpec spec, bool fresh, RunRequest request)
    {
        if (context.Sessions.IsCluster)
        {
            return fresh
                ? throw new InvalidInputException("--fresh", "a cluster does not replace sweeps", "Give the sweep another 'name', or '--cluster none' for this machine.")
                : await new ClusterRun(context).Run(spec, (picture, session) => Report(picture, session, request), request);
        }

        if (!fresh && await Ended(spec, request) is { } code) return code;
        await new SweepInputs(context).Check(spec, context.Interrupted);
        if (fresh) await context.Sessions.Remove(request.Store, spec.Name, context.Interrupted);
        context.Say("Starting a silo …");
        await using var session = await context.Sessions.Start(request.Store, request.Slots, context.Interrupted);
        try
        {
            var picture = await new SweepRun(context).Follow(session, spec);
            return picture.HasEnded ? await Report(picture, session, request) : Paused(picture);
        }
        catch (OperationCanceledException) when (context.Interrupted.IsCancellationRequested)
        {
            context.Say("Left; the same command resumes from the last checkpoints.");
            return ExitCode.Interrupted;
        }
    }

    /// <summary>Reports a sweep that has ended already; null when there is something to run.</summary>
    private async Task<int?> Ended(SweepSpec spec, RunRequest request)
    {
        if (!context.Sessions.Exists(request.Store)) return null;
        await using var session = await context.Sessions.Open(request.Store, context.Interrupted);
        if (session.IsLive)
            throw new InvalidInputException(
                request.Store, "a silo runs on this store already", "Wait for it, follow it with 'sweep watch', or give another store with --store.");
        if (await session.Load(spec.Name, context.Interrupted) is not { } picture) return null;
        if (picture.State.Spec!.Fingerprint() != spec.Fingerprint())
            throw new InvalidInputException(
                spec.Name.Value,
                $"the store '{request.Store}' holds another sweep of this name ({SpecDifference.Describe(picture.State.Spec, spec)})",
                "Give --fresh to replace it, or another 'name' to keep both.");
        if (picture.HasEnded) return await Report(picture, session, request);
        context.Say($"Resuming '{spec.Name}': {picture.State.Trials.Count(trial => trial.IsClosed)} trials are closed.");
        return null;
    }

    private async Task<int> Report(SweepPicture picture, ISweepSession session, RunRequest request)
    {
        if (picture.State.Status == SweepStatus.Finished)
        {
            await new FrontReport(context).Write(picture, session.Artifacts, request);
            return ExitCode.Done;
        }

        context.Say($"The sweep '{picture.State.Spec!.Name}' is {Vocabulary.NameOf(picture.State.Status)}: {picture.State.StatusReason}");
        context.Say("Give --fresh to start it anew.");
        return picture.BadInput ? ExitCode.BadInput : ExitCode.Failed;
    }

    private int Paused(SweepPicture picture)
    {
        if (picture.StoreFailed)
        {
            context.Say($"Paused: {picture.State.StatusReason}");
            return ExitCode.BadInput;
        }

        context.Say(picture.State.Status == SweepStatus.Paused
            ? "Paused; the same command resumes."
            : "Left; the same command resumes from the last checkpoints.");
        return ExitCode.Interrupted;
    }
}
