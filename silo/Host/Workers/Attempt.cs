using Distributed.Contracts;
using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;
using Distributed.Silo.Telemetry;

namespace Distributed.Silo.Workers;

/// <summary>One leased attempt while an executor runs it: passes on what the executor says, and to it what the sweep answers.</summary>
/// <remarks>Heartbeats come from another task; everything here may be called from any.</remarks>
internal sealed class Attempt(Lease lease, string slot, ExecutorProcess executor, SlotSurroundings around)
    : IMeasured, IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _ending = new();
    private readonly PhaseTally _phases = new(around.Time);
    private TrialProgress? _progress;
    private int _pause;
    private bool _revoked;
    private Stall? _stall;
    private bool _ended;
    private bool _left;
    private bool _drain;

    /// <summary>What runs.</summary>
    public TrialAssignment Assignment => lease.Assignment;

    /// <summary>Where.</summary>
    public string Slot => slot;

    /// <summary>When it began.</summary>
    public DateTimeOffset Begun { get; } = around.Time.GetUtcNow();

    /// <summary>What it does, or null when it has not said yet.</summary>
    public TrialPhase? Phase => _phases.Last;

    /// <summary>Called when the attempt enters a phase.</summary>
    public Action? EntersPhase { get; init; }

    /// <summary>The slot as metrics see it.</summary>
    public LiveSlot? Live { get; init; }

    /// <summary>Whether nothing of it is wanted any more.</summary>
    public bool IsRevoked => Volatile.Read(ref _revoked);

    /// <summary>That its executor was found hanging; null when it was not.</summary>
    public Stall? Stall => Volatile.Read(ref _stall);

    /// <summary>Whether there is a phase that the sweep has not confirmed to know of.</summary>
    public bool HasUntoldPhases => _phases.HasUntold;

    /// <summary>The sign of life that is due.</summary>
    public Heartbeat Beat() => new(Assignment.Trial, Assignment.Epoch, Interlocked.Exchange(ref _progress, null), _phases.Untold());

    /// <summary>Runs it to its end.</summary>
    /// <returns>How it ended; null when it was drained or revoked.</returns>
    public async Task<TrialOutcome?> Run()
    {
        try
        {
            await around.Gate.Join(this, _over.Token);
            using var watch = StallWatch.Begin(executor.Signs, around.Options.StallLimit, around.Time, Stalled);
            await executor.Tell(new ToExecutor.Run(Assignment));
            // An executor that begins forgets what it was told before.
            if (Volatile.Read(ref _drain)) await Drain();
            await foreach (var message in executor.Said.ReadAllAsync(CancellationToken.None))
            {
                if (message is FromExecutor.Ended ended)
                {
                    LetGo();
                    return ended.Outcome;
                }

                await Hear(message);
            }

            if (IsRevoked) return null;
            return Stall is { } stall ? stall.ToOutcome(Assignment, slot, executor.LastLines) : await executor.Death();
        }
        catch (OperationCanceledException) when (IsRevoked)
        {
            return null;
        }
        finally
        {
            Volatile.Write(ref _left, true);
            around.Host.Give(this);
            around.Gate.Leave(this);
        }
    }

    /// <summary>Does what the sweep says to a sign of life.</summary>
    public Task Obey(Heartbeat told, LeaseAnswer answer)
    {
        _phases.Told(told.Phases);
        return Obey(answer);
    }

    /// <summary>Does what the sweep says.</summary>
    private async Task Obey(LeaseAnswer answer)
    {
        Live?.Answered();
        if (answer is LeaseAnswer.Revoked or LeaseAnswer.CancelRequested) await Revoke();
        else if (answer is LeaseAnswer.Drain) await Drain();
    }

    /// <summary>Asks for a checkpoint and the end.</summary>
    public Task Drain()
    {
        Volatile.Write(ref _drain, true);
        return Volatile.Read(ref _ended) ? Task.CompletedTask : executor.Tell(new ToExecutor.Drain());
    }

    /// <summary>Ends it at once; what it found is not told. Nothing happens when it has ended: its executor may be running another attempt.</summary>
    public async Task Revoke()
    {
        lock (_ending)
        {
            if (_ended) return;
            Volatile.Write(ref _revoked, true);
            executor.Kill();
        }

        try
        {
            await _over.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has ended in the meantime.
        }
    }

    public void Dispose() => _over.Dispose();

    public void Pause() => _ = executor.Tell(new ToExecutor.Pause(Interlocked.Increment(ref _pause)));

    public void Resume() => _ = executor.Tell(new ToExecutor.Resume());

    /// <summary>Ends what hangs: its executor says nothing more, and the attempt ends as with one that died.</summary>
    private void Stalled(TimeSpan still)
    {
        lock (_ending)
        {
            if (_ended || _revoked) return;
            Volatile.Write(ref _stall, new(Phase, still));
            executor.Kill();
        }
    }

    /// <summary>From here on the executor is no longer this attempt's to kill.</summary>
    private void LetGo()
    {
        lock (_ending) Volatile.Write(ref _ended, true);
    }

    private async Task Hear(FromExecutor message)
    {
        switch (message)
        {
            case FromExecutor.Progressed progressed:
                Volatile.Write(ref _progress, progressed.Progress);
                Live?.Hear(progressed.Progress);
                if (_phases.Enter(progressed.Progress.Phase)) EntersPhase?.Invoke();
                break;
            case FromExecutor.Checkpointed checkpointed:
                await around.Heartbeats.CatchUp(this);
                await Obey(await around.Calls.Checkpointed(Assignment, checkpointed.Checkpoint, _over.Token));
                break;
            case FromExecutor.AtRung rung:
                await around.Heartbeats.CatchUp(this);
                await executor.Tell(new ToExecutor.RungDecided(await around.Calls.AtRung(Assignment, rung.Report, _over.Token)));
                break;
            case FromExecutor.Paused paused:
                if (paused.Number == Volatile.Read(ref _pause)) around.Gate.Stands(this);
                break;
            case FromExecutor.MeasureAsked:
                _ = Grant();
                break;
            case FromExecutor.MeasureDone:
                around.Host.Give(this);
                around.Gate.Exit(this);
                break;
        }
    }

    private async Task Grant()
    {
        try
        {
            await around.Gate.Enter(this);
            if (Volatile.Read(ref _left)) return;
            await around.Host.Take(this);
            if (Volatile.Read(ref _left)) around.Host.Give(this);
            else await executor.Tell(new ToExecutor.MeasureGranted());
        }
        catch (OperationCanceledException)
        {
            // It ended before its turn came.
        }
    }
}
