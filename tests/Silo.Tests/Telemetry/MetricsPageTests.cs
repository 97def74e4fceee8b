using Distributed.Sweeps;

namespace Distributed.Silo.Tests.Telemetry;

/// <summary>What Prometheus fetches from a silo.</summary>
public sealed class MetricsPageTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Prometheus_reads_what_became_of_a_sweep()
    {
        await using var silo = await StubSilo.Start(_store.Folder, slots: 1, "Listen:MetricsPort=0");
        await silo.Sweep("demo").Launch(StubSilo.Spec("stub:steps=6,step-ms=2,kill=2", trials: 3));
        Assert.Equal(SweepStatus.Finished, (await silo.WatchToEnd("demo")).Status);
        string[] lines = (await silo.Metrics()).Split('\n');
        string[] expected =
        [
            "distributed_trials{state=\"completed\",sweep=\"demo\"} 4",
            "distributed_trials{state=\"running\",sweep=\"demo\"} 0",
            "distributed_queue_depth{sweep=\"demo\"} 0",
            "distributed_attempts_total{ending=\"completed\"} 4",
            "distributed_attempts_total{ending=\"failed\",failure=\"ProcessDied\"} 1",
            "distributed_commits_total{answer=\"stale\"} 0",
            "distributed_store_errors_total{operation=\"append\"} 0",
            "distributed_workers_healthy{} 1",
            "distributed_slots{} 1",
        ];
        Assert.Empty(expected.Except(lines));
        Assert.Contains(lines, line => line.StartsWith("distributed_executor_restarts_total{", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("distributed_suggestion_duration_seconds_bucket{", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("distributed_append_duration_seconds_count", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("distributed_hypervolume{sweep=\"demo\"} 0.", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("orleans_app_requests_latency_milliseconds_count", StringComparison.Ordinal));
    }
}
