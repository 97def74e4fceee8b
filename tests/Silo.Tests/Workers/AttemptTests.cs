using Distributed.Contracts;
using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;
using Distributed.Silo.Workers;
using Distributed.Sweeps;
using Microsoft.Extensions.Logging.Abstractions;

namespace Distributed.Silo.Tests;

/// <summary>What a revocation ends, and what it does not; what a heartbeat tells.</summary>
public sealed class AttemptTests : IDisposable
{
    private readonly TemporaryStore _store = new();
    private readonly MeasuringGate _gate = new();
    private readonly HostTurn _host;

    public AttemptTests() => _host = new(Path.Combine(_store.Folder, "host"), TimeProvider.System, NullLogger<HostTurn>.Instance);

    public void Dispose()
    {
        _host.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_revocation_that_comes_after_the_end_spares_the_next_attempt_of_the_executor()
    {
        await using var executor = Start();
        using var first = Attempt(executor, "stub:steps=1,step-ms=0", 1);
        Assert.IsType<TrialOutcome.Prepared>(await first.Run());
        await first.Revoke();
        Assert.False(first.IsRevoked);
        using var second = Attempt(executor, "stub:steps=1,step-ms=0", 2);
        Assert.IsType<TrialOutcome.Prepared>(await second.Run());
    }

    [Fact]
    public async Task A_revocation_ends_what_runs_and_its_executor()
    {
        await using var executor = Start();
        TaskCompletionSource computing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var attempt = Attempt(executor, "stub:steps=1,step-ms=100000", 1, () => computing.TrySetResult());
        var running = attempt.Run();
        await computing.Task.WaitAsync(TestContext.Current.CancellationToken);
        await attempt.Revoke();
        Assert.Null(await running);
        Assert.True(attempt.IsRevoked);
        Assert.False(executor.IsUsable);
    }

    [Fact]
    public async Task No_phase_is_passed_over_because_the_next_began_before_the_heartbeat()
    {
        await using var executor = Start();
        using var attempt = Attempt(executor, "stub:steps=1,step-ms=0", 1);
        await attempt.Run();
        var told = attempt.Beat();
        Assert.Equal([(0, TrialPhase.Loading), (1, TrialPhase.FineTuning), (2, TrialPhase.Measuring)], told.Phases!.Select(phase => (phase.Ordinal, phase.Phase)));
        Assert.Equal(TrialPhase.Measuring, told.Progress!.Phase);
        Assert.True(told.Phases![0].Ago >= told.Phases![2].Ago && told.Phases![2].Ago > TimeSpan.Zero);

        // Nobody answered: all of it is told again, until somebody has.
        Assert.Equal(3, attempt.Beat().Phases!.Count);
        await attempt.Obey(told, LeaseAnswer.Continue);
        Assert.Empty(attempt.Beat().Phases!);
        Assert.False(attempt.HasUntoldPhases);
    }

    private ExecutorProcess Start() => ExecutorProcess.Start(new(StubSilo.Host, [StubSilo.Program, "executor"], _store.Folder), "test/0", new("cpu", "", 0, ""));

    private Attempt Attempt(ExecutorProcess executor, string behaviour, int epoch, Action? entersPhase = null)
    {
        TrialAssignment assignment = new() { Spec = StubSilo.Spec(behaviour), Trial = TrialId.Dense, Epoch = epoch };
        SweepCalls calls = new(null!, new(TimeProvider.System, TimeSpan.FromMinutes(1)), NullLogger<SweepCalls>.Instance);
        SlotSurroundings around = new(calls, null!, _gate, _host, null!, new(), new(), TimeProvider.System);
        return new(new Lease(assignment, TimeSpan.FromSeconds(15)), "test/0", executor, around) { EntersPhase = entersPhase };
    }
}
