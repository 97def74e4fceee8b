using Distributed.Otlp;

namespace Distributed.EndToEnd.Tests.Telemetry;

public abstract class MetricTests(TracedSweep sweep)
{
    private HashSet<string> Emitted => [.. sweep.Received.Metrics.SelectMany(PrometheusName.Of)];

    [Fact]
    public void Every_metric_that_a_dashboard_shows_is_emitted()
    {
        Assert.Equal(["cluster.json", "orleans.json", "sweeps.json"], Queries.Dashboards.Keys.Order());
        Assert.All(Queries.Dashboards, board =>
        {
            var named = Queries.Of(board.Value).SelectMany(Queries.Metrics).Distinct().ToList();
            Assert.NotEmpty(named);
            Assert.Empty(named.Except(Emitted));
        });
    }

    [Fact]
    public void Every_metric_that_an_alert_watches_is_emitted() => Assert.All(Queries.Alerts, alert =>
    {
        var named = Queries.Metrics(alert.Expr).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Emitted));
    });

    [Fact]
    public void Every_metric_of_ours_is_shown_somewhere()
    {
        var shown = Queries.Dashboards.Values.SelectMany(Queries.Of).SelectMany(Queries.Metrics).ToHashSet();
        var ours = sweep.Received.Metrics.Where(metric => metric.Meter.StartsWith("Distributed.", StringComparison.Ordinal) && metric.Meter != "Distributed.Client");
        Assert.Empty(ours.Where(metric => !PrometheusName.Of(metric).Any(shown.Contains)).Select(metric => metric.Name).Distinct());
    }

    [Fact]
    public void No_label_names_a_trial() => Assert.All(
        sweep.Received.Metrics.Where(metric => metric.Meter.StartsWith("Distributed.", StringComparison.Ordinal)),
        metric => Assert.Empty(metric.Labels.Keys.Except(["sweep", "state", "slot", "ending", "failure", "answer", "operation", "phase", "code"])));

    [Fact]
    public void Times_name_traces_of_trials_as_examples()
    {
        var trials = sweep.Traces.Select(trace => trace[0].Trace).ToHashSet();
        Assert.All(["distributed.phase.duration", "distributed.commit.duration", "distributed.suggestion.duration"], name =>
            Assert.Contains(sweep.Received.Metrics.Where(metric => metric.Name == name).SelectMany(metric => metric.Exemplars), trials.Contains));
    }

    [Fact]
    public void Console_silo_and_executor_all_send_traces_metrics_and_logs()
    {
        string[] services = ["distributed-client", "distributed-executor", "distributed-silo"];
        Assert.Equal(services, sweep.Received.Spans.Select(span => span.Service).Distinct().Order());
        Assert.Equal(services, sweep.Received.Metrics.Select(metric => metric.Service).Distinct().Order());
        Assert.Equal(services, sweep.Received.Logs.Select(log => log.Service).Distinct().Order());
    }
}
