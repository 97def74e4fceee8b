using Distributed.Contracts;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Runs a sweep of the real grains to its end on simulated devices: discrete events on a simulated clock, no waiting.</summary>
/// <remarks>
/// The clock moves from event to event. Devices that are alive are heard of at every event, so a lease runs out only when its device fell
/// silent. Given a sampler with a horizon, the same arguments give the same log.
/// </remarks>
public sealed class SimulatedSweep(ISweepGrain grain, SimulatedClock clock, ISimulatedTrials trials, IReadOnlyList<SimulatedDevice> devices, ulong seed = 0)
{
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(30);
    private readonly PriorityQueue<SimulatedAttempt, (DateTimeOffset Time, int Order)> _events = new();
    private readonly Dictionary<SimulatedDevice, SimulatedAttempt> _running = [];
    private int _order;

    /// <summary>Completions that came too late and were not recorded.</summary>
    public int Refused { get; private set; }

    /// <summary>Launches the sweep and runs it until it has ended.</summary>
    /// <exception cref="InvalidOperationException">Nothing can happen any more, and the sweep has not ended.</exception>
    public async Task Run(SweepSpec spec)
    {
        await grain.Launch(spec);
        while (true)
        {
            foreach (var device in devices.Where(device => !_running.ContainsKey(device))) await Pull(device);
            if (!_events.TryDequeue(out var attempt, out var at))
            {
                if (await Ended()) return;
                throw new InvalidOperationException($"Sweep '{spec.Name}' hands out nothing and has not ended.");
            }

            clock.MoveTo(at.Time);
            await Beat();
            await Happen(attempt);
        }
    }

    private async Task Pull(SimulatedDevice device)
    {
        if (await grain.Pull(new(device.Slot, "simulated")) is not { Assignment: var assignment }) return;
        SimulatedAttempt attempt = new(device, assignment, trials.Epochs, new(seed, Invariant($"{assignment.Trial}/{assignment.Epoch}")));
        _running[device] = attempt;
        Schedule(attempt, attempt.ToNext);
    }

    private void Schedule(SimulatedAttempt attempt, TimeSpan after) => _events.Enqueue(attempt, (clock.GetUtcNow() + after, _order++));

    private Task Beat()
    {
        Heartbeat[] beats = [.. _running.Values.Where(attempt => !attempt.IsSilent)
            .Select(attempt => new Heartbeat(attempt.Assignment.Trial, attempt.Assignment.Epoch, null))];
        return beats.Length == 0 ? Task.CompletedTask : grain.Heartbeat(beats);
    }

    private async Task Happen(SimulatedAttempt attempt)
    {
        if (attempt.Passed == attempt.MishapAt && !attempt.IsSilent)
        {
            if (attempt.Fate == Fate.Fails) await End(attempt, new TrialOutcome.Failed(FailureKind.ProcessDied, "The simulation says so."));
            else Silence(attempt);
            return;
        }

        var (trial, epoch, candidate) = (attempt.Assignment.Trial, attempt.Assignment.Epoch, attempt.Assignment.Candidate);
        int rung = attempt.Advance();
        if (rung < 0)
        {
            await End(attempt, candidate is null ? trials.Baseline : new TrialOutcome.Completed(trials.Measure(candidate), trials.Baseline.Artifacts, trials.Epochs));
            return;
        }

        RungReport report = new(rung, attempt.Epochs, trials.Accuracy(candidate!, attempt.Epochs));
        string? stop = await grain.AtRung(trial, epoch, report);
        if (stop is null) await grain.Checkpointed(trial, epoch, new((int)(1000 * attempt.Epochs), attempt.Epochs, trials.Baseline.Artifacts.Model));
        if (stop is null) Schedule(attempt, attempt.ToNext);
        else await End(attempt, new TrialOutcome.Stopped(report, stop));
    }

    /// <summary>It comes back, finished, when its lease has long been another's.</summary>
    private void Silence(SimulatedAttempt attempt)
    {
        attempt.IsSilent = true;
        Schedule(attempt, Away);
    }

    private async Task End(SimulatedAttempt attempt, TrialOutcome outcome)
    {
        if (await grain.Complete(attempt.Assignment.Trial, attempt.Assignment.Epoch, outcome) != CommitAnswer.Accepted) Refused++;
        _running.Remove(attempt.Device);
    }

    private async Task<bool> Ended() => (await Read(grain)).Status is SweepStatus.Finished or SweepStatus.Failed or SweepStatus.Cancelled;

    /// <summary>The sweep as its log tells it.</summary>
    public static async Task<SweepState> Read(ISweepGrain grain)
    {
        SweepState state = new();
        foreach (var entry in await Log(grain)) state.Apply(entry);
        return state;
    }

    /// <summary>The whole log.</summary>
    public static async Task<IReadOnlyList<LogEntry>> Log(ISweepGrain grain)
    {
        List<LogEntry> entries = [];
        while (await grain.Read(entries.Count, 1000) is { Count: > 0 } more) entries.AddRange(more);
        return entries;
    }
}
