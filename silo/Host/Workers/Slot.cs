using System.Diagnostics;
using Distributed.Contracts;
using Distributed.Silo.Devices;
using Distributed.Silo.Executors;
using Distributed.Silo.Telemetry;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Workers;

/// <summary>One slot: asks for work, runs it in its executor, tells how it ended, and asks again.</summary>
/// <remarks>The executor is kept between attempts, because it holds decoded data, and replaced after anything that went wrong.</remarks>
internal sealed partial class Slot(string name, SlotDevice device, SlotSurroundings around, ILogger logger)
{
    private readonly LiveSlot _live = LiveSlots.Add(name, around.Time);
    private ExecutorProcess? _executor;
    private bool _hadExecutor;

    /// <summary>Works until asked to stop, and then to the end of the attempt that runs.</summary>
    public async Task Run(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested) await Turn(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Between two attempts.
        }
        finally
        {
            _live.Dispose();
            await Recycle();
        }
    }

    /// <summary>
    /// Looks for work and does it. Whatever goes wrong with one attempt is that attempt's: it is given up, its lease ends by itself, and the slot
    /// goes on with another executor.
    /// </summary>
    private async Task Turn(CancellationToken stopping)
    {
        try
        {
            if (await FindWork(stopping) is not { } lease) await Task.Delay(around.Options.Idle, around.Time, stopping);
            else if (stopping.IsCancellationRequested) await Tell(lease.Assignment, outcome: null);
            else await Work(lease, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogStumbled(e, name);
            await Recycle();
            await Task.Delay(around.Options.Beat, around.Time, stopping);
        }
    }

    private async Task<Lease?> FindWork(CancellationToken stopping)
    {
        try
        {
            var lease = await around.Calls.Pull(new(name, device.Class));
            _live.Answered();
            return lease;
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
        _live.Works(true);
        using var span = WorkerTelemetry.BeginAttempt(lease.Assignment, name);
        try
        {
            string ending = await Attempt(span is null ? lease : lease with { Assignment = lease.Assignment with { Trace = span.Id } }, stopping);
            span?.SetTag("ending", ending);
        }
        finally
        {
            _live.Works(false);
        }
    }

    /// <returns>How it ended, in a word.</returns>
    private async Task<string> Attempt(Lease lease, CancellationToken stopping)
    {
        var assignment = lease.Assignment;
        LogBegins(name, assignment.Spec.Name, assignment.Trial, assignment.Epoch);
        TrialOutcome? outcome;
        bool revoked = false;
        if (Executor() is { } executor)
        {
            using Attempt attempt = new(lease, name, executor, around) { EntersPhase = around.Heartbeats.Hurry, Live = _live };
            around.Heartbeats.Add(attempt);
            using var drain = stopping.Register(() => _ = attempt.Drain());
            try
            {
                outcome = await attempt.Run();
                revoked = attempt.IsRevoked;
                if (attempt.Stall is { } stall) Note(stall, assignment);
                if (!revoked)
                {
                    await around.Heartbeats.CatchUp(attempt);
                    await Tell(assignment, outcome);
                }
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

        string ending = revoked ? "revoked" : outcome?.GetType().Name.ToLowerInvariant() ?? "drained";
        LogEnds(name, assignment.Spec.Name, assignment.Trial, assignment.Epoch, ending);
        if (outcome is TrialOutcome.Failed failed) Activity.Current?.SetStatus(ActivityStatusCode.Error, failed.Reason);
        if (revoked || outcome is TrialOutcome.Failed) await Recycle();
        return ending;
    }

    private void Note(Stall stall, TrialAssignment assignment)
    {
        LogStalled(name, assignment.Spec.Name, assignment.Trial, assignment.Epoch, stall.PhaseText, stall.Still);
        WorkerTelemetry.ExecutorStalls.Add(1, new KeyValuePair<string, object?>("slot", name));
    }

    private async Task Tell(TrialAssignment assignment, TrialOutcome? outcome)
    {
        using var span = WorkerTelemetry.BeginCommit();
        long begun = around.Time.GetTimestamp();
        try
        {
            if (outcome is null) await around.Calls.Release(assignment, "drained", CancellationToken.None);
            else LogAnswered(name, assignment.Trial, assignment.Epoch, await around.Calls.Complete(assignment, outcome, CancellationToken.None));
        }
        catch (TimeoutException e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.Message);
            LogGivenUp(e, name, assignment.Spec.Name, assignment.Trial, assignment.Epoch);
        }
        finally
        {
            WorkerTelemetry.CommitDuration.Record(around.Time.GetElapsedTime(begun).TotalSeconds);
        }
    }

    private ExecutorProcess? Executor()
    {
        if (_executor is { IsUsable: true }) return _executor;
        try
        {
            if (_hadExecutor) WorkerTelemetry.ExecutorRestarts.Add(1, new KeyValuePair<string, object?>("slot", name));
            _hadExecutor = true;
            _executor = ExecutorProcess.Start(around.Launch, name, device);
            around.Starts.Tell(name, started: true);
            return _executor;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            LogNotStarted(e, name);
            around.Starts.Tell(name, started: false);
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
