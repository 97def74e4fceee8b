using System.Collections.Concurrent;
using System.Diagnostics;

namespace Distributed.Grains.Tests;

public sealed class TrialTraceTests : IClassFixture<Cluster>, IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;
    private readonly Cluster _cluster;

    public TrialTraceTests(Cluster cluster)
    {
        _cluster = cluster;
        _listener = new()
        {
            ShouldListenTo = source => source.Name == SweepTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_trace_stands_in_the_log_and_in_every_lease_of_its_trial()
    {
        var sweep = await _cluster.NewSweep().WithBaseline();
        var first = await sweep.MustPull("a/0");
        await sweep.Grain.Release(first.Trial, first.Epoch, "drained");
        await Cluster.Deactivate(sweep.Grain);
        var second = await sweep.MustPull("b/0");
        var leases = (await sweep.Log()).Select(entry => entry.Record).OfType<SweepRecord.Leased>().Where(lease => lease.Trial == first.Trial);
        Assert.Equal((first.Trial, first.Trace), (second.Trial, second.Trace));
        Assert.Equal([first.Trace, first.Trace], leases.Select(lease => lease.Trace));
        Assert.NotEqual(default, TraceParent.Read(first.Trace));
        Assert.Equal(first.Trace, (await sweep.Trial(first)).Trace);
    }

    [Fact]
    public async Task The_root_is_told_once_when_the_trial_closes_with_the_times_of_the_log()
    {
        var sweep = await _cluster.NewSweep().WithBaseline();
        var assignment = await sweep.MustPull();
        var place = TraceParent.Read(assignment.Trace);
        Assert.DoesNotContain(_ended, span => span.OperationName == "trial" && span.TraceId == place.TraceId);
        _cluster.Time.Advance(TimeSpan.FromSeconds(7));
        await sweep.Complete(assignment);
        await sweep.Complete(assignment);
        var root = Assert.Single(_ended, span => span.OperationName == "trial" && span.TraceId == place.TraceId);
        var state = await sweep.Trial(assignment);
        Assert.Equal((place.SpanId, default), (root.SpanId, root.ParentSpanId));
        Assert.Equal((state.Suggested, TimeSpan.FromSeconds(7)), (new DateTimeOffset(root.StartTimeUtc), root.Duration));
        Assert.Equal("completed", root.GetTagItem("status"));
    }

    [Fact]
    public async Task A_failed_trial_is_an_error()
    {
        var sweep = await _cluster.NewSweep().WithBaseline();
        var assignment = await sweep.MustPull();
        await sweep.Complete(assignment, SimulatedWorker.Failure(FailureKind.NotFinite));
        var root = Assert.Single(_ended, span => span.OperationName == "trial" && span.TraceId == TraceParent.Read(assignment.Trace).TraceId);
        Assert.Equal((ActivityStatusCode.Error, "The test says so."), (root.Status, root.StatusDescription));
    }

    [Fact]
    public async Task Two_trials_never_share_a_trace()
    {
        var sweep = await _cluster.NewSweep().WithBaseline();
        await sweep.RunToEnd();
        var traces = (await sweep.State()).Trials.Select(trial => TraceParent.Read(trial.Trace).TraceId).ToList();
        Assert.Equal(traces.Count, traces.Distinct().Count());
    }
}
