using System.Diagnostics;
using System.Globalization;
using Distributed.Contracts;
using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;
using Distributed.Silo.Workers;
using Distributed.Sweeps;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Silo.Tests;

/// <summary>Real executors that hang, compute without a word, or wait, under a clock that the test moves.</summary>
public sealed class StallTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly TemporaryStore _store = new();
    private readonly FakeTimeProvider _time = new();
    private readonly MeasuringGate _gate = new();
    private readonly HostTurn _host;

    public StallTests() => _host = Turn();

    public void Dispose()
    {
        _host.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task An_executor_that_hangs_is_killed_after_the_limit_as_one_that_died()
    {
        await using var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=2,step-ms=0,hang=0", () => computing.TrySetResult());
        var running = attempt.Run();
        await Soon(computing.Task);
        _time.Advance(Limit);
        Assert.Null(attempt.Stall);
        _time.Advance(StallWatch.Glance(Limit));
        var failed = Assert.IsType<TrialOutcome.Failed>(await Ended(running));
        Assert.Equal(FailureKind.ProcessDied, failed.Kind);
        string[] told = ["slot test/0", Environment.MachineName, "trial 0 of sweep demo", "nothing moved for 30 min", "FineTuning", "--stall-limit", "driver"];
        Assert.All(told, words => Assert.Contains(words, failed.Reason, StringComparison.Ordinal));
        Assert.False(executor.IsUsable);
    }

    [Fact]
    public async Task Whoever_waits_to_measure_beside_an_executor_that_hangs_gets_its_turn()
    {
        await using var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=2,step-ms=0,hang=0", () => computing.TrySetResult());
        Neighbour other = new();
        await _gate.Join(other, TestContext.Current.CancellationToken);
        var running = attempt.Run();
        await Soon(computing.Task);
        var turn = _gate.Enter(other);
        _time.Advance(Limit / 2);
        Assert.False(turn.IsCompleted);
        _time.Advance(Limit);
        Assert.IsType<TrialOutcome.Failed>(await Ended(running));
        await Soon(turn);
    }

    [Fact]
    public async Task A_process_that_stands_as_a_whole_is_killed_too()
    {
        await using var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=4,step-ms=1000", () => computing.TrySetResult());
        var running = attempt.Run();
        await Soon(computing.Task);
        using var stop = Process.Start("kill", ["-STOP", $"{executor.Id}"]);
        await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        // What it had said before comes to an end first.
        await Until(() =>
        {
            _time.Advance(Limit + StallWatch.Glance(Limit));
            return attempt.Stall is not null;
        });
        Assert.IsType<TrialOutcome.Failed>(await Ended(running));
    }

    /// <summary>A process that it left behind holds its pipes open, as one does that a driver keeps alive.</summary>
    [Fact]
    public async Task An_executor_that_cannot_be_ended_is_waited_for_no_longer()
    {
        var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=2,step-ms=0,hang=0,orphan-s=100", () => computing.TrySetResult());
        var running = attempt.Run();
        await Soon(computing.Task);
        _time.Advance(Limit + StallWatch.Glance(Limit));
        var failed = Assert.IsType<TrialOutcome.Failed>(await Ended(running));
        Assert.False(executor.IsUsable);
        await Soon(executor.DisposeAsync().AsTask());
        using var orphan = Process.GetProcessById(int.Parse(failed.Reason.Split(' ')[^1], CultureInfo.InvariantCulture));
        orphan.Kill();
    }

    [Fact]
    public async Task An_executor_whose_pulse_moves_is_left_alone_however_long_it_tells_nothing()
    {
        await using var executor = Start();
        using var attempt = Attempt(executor, "stub:steps=1,quiet-ms=100000000");
        var running = attempt.Run();
        for (int i = 0; i < 5; i++)
        {
            await Until(SignComes(executor));
            _time.Advance(Limit - StallWatch.Glance(Limit));
            Assert.Null(attempt.Stall);
        }

        Assert.False(running.IsCompleted);
        await attempt.Revoke();
        Assert.Null(await running);
    }

    [Fact]
    public async Task Waiting_for_ones_turn_to_measure_is_no_hang()
    {
        using var elsewhere = Turn();
        await elsewhere.Take(this);
        await using var executor = Start();
        using var attempt = Attempt(executor, "stub:steps=1,step-ms=0");
        var running = attempt.Run();
        await Until(() => executor.Signs.IsOwed);
        _time.Advance(3 * Limit);
        Assert.Null(attempt.Stall);
        elsewhere.Dispose();
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            return running.IsCompleted;
        });
        Assert.IsType<TrialOutcome.Prepared>(await running);
    }

    [Fact]
    public async Task Standing_still_for_anothers_measurement_is_no_hang()
    {
        await using var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=4,step-ms=500", () => computing.TrySetResult());
        Neighbour other = new();
        await _gate.Join(other, TestContext.Current.CancellationToken);
        var running = attempt.Run();
        await Soon(computing.Task);
        await Soon(_gate.Enter(other));
        _time.Advance(3 * Limit);
        Assert.Null(attempt.Stall);
        Assert.False(running.IsCompleted);
        _gate.Exit(other);
        await Until(SignComes(executor));
        await attempt.Revoke();
        Assert.Null(await running);
    }

    [Fact]
    public async Task Without_a_limit_nobody_is_killed()
    {
        await using var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=2,step-ms=0,hang=0", () => computing.TrySetResult(), TimeSpan.Zero);
        var running = attempt.Run();
        await Soon(computing.Task);
        _time.Advance(TimeSpan.FromDays(2));
        Assert.Null(attempt.Stall);
        await attempt.Revoke();
        Assert.Null(await running);
    }

    /// <summary>An executor whose pulse is told of as fast as the machine runs: its own clock is real.</summary>
    private ExecutorProcess Start() => ExecutorProcess.Start(
        new(StubSilo.Host, [StubSilo.Program, "executor"], _store.Folder) { PulseEvery = TimeSpan.FromMilliseconds(20) }, "test/0", new("cpu", "", 0, ""));

    private HostTurn Turn() => new(Path.Combine(_store.Folder, "host"), _time, NullLogger<HostTurn>.Instance);

    /// <param name="executor">What runs it.</param>
    /// <param name="behaviour">The stub's.</param>
    /// <param name="trains">Called when it has told of a step.</param>
    /// <param name="limit">Default: half an hour.</param>
    private Attempt Attempt(ExecutorProcess executor, string behaviour, Action? trains = null, TimeSpan? limit = null)
    {
        TrialAssignment assignment = new() { Spec = StubSilo.Spec(behaviour), Trial = TrialId.Dense, Epoch = 1 };
        SweepCalls calls = new(null!, new(_time, TimeSpan.FromMinutes(1)), NullLogger<SweepCalls>.Instance);
        SlotSurroundings around = new(calls, null!, _gate, _host, null!, new(), new() { StallLimit = limit ?? Limit }, _time);
        Attempt? attempt = null;
        return attempt = new(new Lease(assignment, TimeSpan.FromSeconds(15)), "test/0", executor, around)
        {
            EntersPhase = () =>
            {
                if (attempt!.Phase == TrialPhase.FineTuning) trains?.Invoke();
            },
        };
    }

    private static Func<bool> SignComes(ExecutorProcess executor)
    {
        long before = executor.Signs.Count;
        return () => executor.Signs.Count > before;
    }

    private static async Task<TrialOutcome?> Ended(Task<TrialOutcome?> running)
    {
        await Soon(running);
        return await running;
    }

    private static Task Soon(Task task) => task.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);

    private static async Task Until(Func<bool> holds)
    {
        using CancellationTokenSource soon = new(Patience, TimeProvider.System);
        while (!holds()) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, soon.Token);
    }

    private sealed class Neighbour : IMeasured
    {
        public void Pause()
        {
        }

        public void Resume()
        {
        }
    }
}
