using Distributed.Contracts;
using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Workers;

/// <summary>What all slots of a silo share.</summary>
internal sealed record SlotSurroundings(
    SweepCalls Calls, Heartbeats Heartbeats, MeasuringGate Gate, ExecutorLaunch Launch, WorkerOptions Options, TimeProvider Time);

/// <summary>One slot: asks for work, runs it in its executor, tells how it ended, and asks again.</summary>
/// <remarks>The executor is kept between attempts, because it holds decoded data, and replaced after anything that went wrong.</remarks>
internal sealed partial class Slot(string name, SlotSurroundings around, ILogger logger)
{
    private ExecutorProcess? _executor;

    /// <summary>Works until asked to stop, and then to the end of the attempt that runs.</summary>
    public async Task Run(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                if (await FindWork(stopping) is { } lease) await Work(lease, stopping);
                else await Task.Delay(around.Options.Idle, around.Time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Between two attempts.
        }
        finally
        {
            await Recycle();
        }
    }

    private async Task<Lease?> FindWork(CancellationToken stopping)
    {
        try
        {
            foreach (var sweep in await around.Calls.Running())
            {
                if (stopping.IsCancellationRequested) return null;
                if (await around.Calls.Pull(sweep, new(name, around.Options.Device)) is { } lease) return lease;
            }
        }
        catch (Exception e) when (UnknownOutcome.IsUnknown(e) || e is InvalidInputException)
        {
            LogNoAnswer(e, name);
            await Task.Delay(around.Options.Beat, around.Time, stopping);
        }

        return null;
    }

    private async Task Work(Lease lease, CancellationToken stopping)
    {
        var assignment = lease.Assignment;
        LogBegins(name, assignment.Spec.Name, assignment.Trial, assignment.Epoch);
        TrialOutcome? outcome;
        bool revoked = false;
        if (Executor() is { } executor)
        {
            using Attempt attempt = new(lease, name, executor, around.Gate, around.Calls) { EntersPhase = around.Heartbeats.Hurry };
            around.Heartbeats.Add(attempt);
            using var drain = stopping.Register(() => _ = attempt.Drain());
            try
            {
                outcome = await attempt.Run();
                revoked = attempt.IsRevoked;
                if (!revoked) await Tell(assignment, outcome);
            }
            finally
            {
                around.Heartbeats.Remove(attempt);
            }
        }
        else
        {
            outcome = new TrialOutcome.Failed(FailureKind.ProcessDied, $"The executor '{around.Launch.File}' could not be started.");
            await Tell(assignment, outcome);
        }

        LogEnds(name, assignment.Spec.Name, assignment.Trial, assignment.Epoch, revoked ? "revoked" : outcome?.GetType().Name ?? "drained");
        if (revoked || outcome is TrialOutcome.Failed) await Recycle();
    }

    private async Task Tell(TrialAssignment assignment, TrialOutcome? outcome)
    {
        try
        {
            if (outcome is null) await around.Calls.Release(assignment, "drained", CancellationToken.None);
            else LogAnswered(name, assignment.Trial, assignment.Epoch, await around.Calls.Complete(assignment, outcome, CancellationToken.None));
        }
        catch (TimeoutException e)
        {
            LogGivenUp(e, name, assignment.Spec.Name, assignment.Trial, assignment.Epoch);
        }
    }

    private ExecutorProcess? Executor()
    {
        if (_executor is { IsUsable: true }) return _executor;
        try
        {
            return _executor = ExecutorProcess.Start(around.Launch, name);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            LogNotStarted(e, name);
            return null;
        }
    }

    private async Task Recycle()
    {
        if (_executor is null) return;
        await _executor.DisposeAsync();
        _executor = null;
    }
}
