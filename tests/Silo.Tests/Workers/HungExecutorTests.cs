using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

/// <summary>A whole silo with an executor that hangs, in real time.</summary>
public sealed class HungExecutorTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_executor_that_hangs_costs_one_attempt_and_the_sweep_goes_on()
    {
        await using var silo = await StubSilo.Start(_store.Folder, slots: 1, "StallLimit=6s", "Listen:MetricsPort=0", $"HostFolder={Path.Combine(_store.Folder, "host")}");
        await silo.Sweep("demo").Launch(StubSilo.Spec("stub:steps=6,step-ms=2,hang=2", trials: 3));
        var state = await silo.WatchToEnd("demo");
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.All(state.Trials, trial => Assert.Equal(TrialStatus.Completed, trial.Status));
        var hung = state.Trials[2].Attempts[0];
        Assert.Contains("hung and was killed", hung.Ending, StringComparison.Ordinal);
        Assert.Equal("completed", state.Trials[2].Attempts[^1].Ending);
        string[] metrics = (await silo.Metrics()).Split('\n');
        Assert.DoesNotContain("distributed_attempts_total{ending=\"failed\",failure=\"ProcessDied\"} 0", metrics);
        Assert.Contains(metrics, line => line.StartsWith("distributed_executor_stalls_total{", StringComparison.Ordinal) && !line.EndsWith(" 0", StringComparison.Ordinal));
        Assert.Equal(0, await silo.Leave());
        string log = await File.ReadAllTextAsync(Path.Combine(_store.Folder, "silo-logs", "silo.log"), TestContext.Current.CancellationToken);
        Assert.Contains("killed its executor: in attempt 1 at trial 2 of sweep demo nothing moved for", log, StringComparison.Ordinal);
    }
}
