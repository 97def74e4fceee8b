using System.Diagnostics;
using Distributed.Silo.Executors;
using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

/// <summary>The protocol with a real child process.</summary>
public sealed class ExecutorProcessTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_executor_runs_one_attempt_after_another_whatever_is_printed()
    {
        await using var executor = Start();
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            var outcome = await Run(executor, Assignment("stub:steps=4,step-ms=0,noise=50", epoch));
            Assert.IsType<TrialOutcome.Prepared>(outcome);
        }
    }

    [Fact]
    public async Task Bad_input_comes_back_as_such_and_the_executor_lives()
    {
        await using var executor = Start();
        var failed = Assert.IsType<TrialOutcome.Failed>(await Run(executor, Assignment("no-such-model", 1)));
        Assert.Equal(FailureKind.InvalidInput, failed.Kind);
        Assert.IsType<TrialOutcome.Prepared>(await Run(executor, Assignment("stub:steps=1,step-ms=0", 2)));
    }

    [Fact]
    public async Task A_drained_attempt_leaves_a_checkpoint_from_which_the_next_goes_on()
    {
        await using var executor = Start();
        Checkpoint? checkpoint = null;
        var outcome = await Run(executor, Assignment("stub:steps=100000,step-ms=1", 1), async message =>
        {
            if (message is FromExecutor.Progressed { Progress.Phase: TrialPhase.FineTuning }) await executor.Tell(new ToExecutor.Drain());
            if (message is FromExecutor.Checkpointed checkpointed) checkpoint = checkpointed.Checkpoint;
        });
        Assert.Null(outcome);
        int steps = checkpoint!.Step;
        Assert.IsType<TrialOutcome.Prepared>(await Run(executor, Assignment($"stub:steps={steps},step-ms=100000", 2) with { Checkpoint = checkpoint }));
    }

    [Fact]
    public async Task An_attempt_that_was_asked_to_pause_stands_until_it_may_go_on()
    {
        await using var executor = Start();
        bool stands = false;
        var outcome = await Run(executor, Assignment("stub:steps=500,step-ms=1", 1), async message =>
        {
            if (message is FromExecutor.Progressed && !stands) await executor.Tell(new ToExecutor.Pause(5));
            if (message is not FromExecutor.Paused paused) return;
            stands = true;
            Assert.Equal(5, paused.Number);
            await executor.Tell(new ToExecutor.Resume());
        });
        Assert.True(stands);
        Assert.IsType<TrialOutcome.Prepared>(outcome);
    }

    [Fact]
    public async Task A_pause_that_comes_before_its_attempt_holds_it()
    {
        await using var executor = Start();
        await executor.Tell(new ToExecutor.Pause(3));
        bool stands = false;
        await Run(executor, Assignment("stub:steps=3,step-ms=0", 1), async message =>
        {
            if (message is not FromExecutor.Paused) return;
            stands = true;
            await executor.Tell(new ToExecutor.Resume());
        });
        Assert.True(stands);
    }

    [Fact]
    public async Task A_killed_executor_is_told_from_one_that_starved()
    {
        await using var executor = Start();
        await executor.Tell(new ToExecutor.Run(Assignment("stub:steps=100000,step-ms=1", 1)));
        await executor.Said.ReadAsync(TestContext.Current.CancellationToken);
        Process.GetProcessById(executor.Id).Kill();
        while (await executor.Said.WaitToReadAsync(TestContext.Current.CancellationToken)) executor.Said.TryRead(out _);
        var death = await executor.Death();
        Assert.Equal(FailureKind.ProcessDied, death.Kind);
        Assert.Contains("137", death.Reason);
        Assert.False(executor.IsUsable);
    }

    private ExecutorProcess Start() =>
        ExecutorProcess.Start(new(StubSilo.Host, [StubSilo.Program, "executor"], _store.Folder), "test/0", new("cpu", "", 0, ""));

    private static async Task<TrialOutcome?> Run(ExecutorProcess executor, TrialAssignment assignment, Func<FromExecutor, Task>? hear = null)
    {
        await executor.Tell(new ToExecutor.Run(assignment));
        await foreach (var message in executor.Said.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (message is FromExecutor.Ended ended) return ended.Outcome;
            if (message is FromExecutor.MeasureAsked) await executor.Tell(new ToExecutor.MeasureGranted());
            if (hear is not null) await hear(message);
        }

        return await executor.Death();
    }

    private static TrialAssignment Assignment(string behaviour, int epoch) => new() { Spec = StubSilo.Spec(behaviour), Trial = TrialId.Dense, Epoch = epoch };
}
