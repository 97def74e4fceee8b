using Distributed.Otlp;

namespace Distributed.EndToEnd.Tests.Telemetry;

public abstract class TraceTests(TracedSweep sweep)
{
    private const string Client = "distributed-client";
    private const string Silo = "distributed-silo";
    private const string Executor = "distributed-executor";

    [Fact]
    public void Every_trial_is_one_trace_with_one_root()
    {
        Assert.Equal(TracedSweep.Trials + 1, sweep.Traces.Count);
        Assert.All(sweep.Traces, trace => Assert.Equal((Silo, "trial"), trace.Where(span => span.Parent is null).Select(root => (root.Service, root.Name)).Single()));
        Assert.Equal(Enumerable.Range(0, TracedSweep.Trials + 1).Select(trial => $"{trial}"), sweep.Traces.Select(trace => Root(trace).Tags["trial"]));
        Assert.Equal(sweep.Traces.Count, sweep.Traces.Select(trace => trace[0].Trace).Distinct().Count());
    }

    [Fact]
    public void Every_span_below_the_root_has_its_parent_in_the_trace() =>
        Assert.All(sweep.Traces, trace => Assert.All(trace.Where(span => span.Parent is not null), span => Assert.Single(trace, parent => parent.Id == span.Parent)));

    [Fact]
    public void An_attempt_holds_every_phase_of_a_candidate()
    {
        string[] phases = ["load", "prune", "recalibrate", .. Enumerable.Repeat("finetune", TracedSweep.Epochs), "quantize", "evaluate", "measure", "measure", "export"];
        Assert.All(sweep.Traces.Skip(1), trace =>
        {
            var attempt = Assert.Single(trace, span => span.Name == "attempt");
            Assert.Equal(Root(trace).Id, attempt.Parent);
            Assert.Equal(phases, trace.Where(span => span.Service == Executor && span.Name != "checkpoint").Select(span => span.Name));
            Assert.All(trace.Where(span => span.Service == Executor), span => Assert.Equal(attempt.Id, span.Parent));
            Assert.Equal(Enumerable.Range(0, TracedSweep.Epochs).Select(epoch => $"{epoch}"), trace.Where(span => span.Name == "finetune").Select(span => span.Tags["epoch"]));
            Assert.Equal(attempt.Id, Assert.Single(trace, span => span.Name == "commit").Parent);
            Assert.Equal(Silo, attempt.Service);
        });
    }

    [Fact]
    public void An_interrupted_trial_goes_on_in_the_same_trace_with_the_next_attempt()
    {
        var trace = sweep.Traces[0];
        var attempts = trace.Where(span => span.Name == "attempt").ToList();
        Assert.Equal([("1", "drained"), ("2", "prepared")], attempts.Select(attempt => (attempt.Tags["epoch"], attempt.Tags["ending"])));
        Assert.All(attempts, attempt => Assert.Equal(Root(trace).Id, attempt.Parent));
        Assert.Contains(trace, span => span.Name == "checkpoint" && span.Parent == attempts[0].Id);
        Assert.All(attempts, attempt => Assert.Contains(trace, span => span.Name == "train" && span.Parent == attempt.Id));
        Assert.All(["evaluate", "profile", "export"], phase => Assert.Equal(attempts[1].Id, Assert.Single(trace, span => span.Name == phase).Parent));
        Assert.Equal("2", Root(trace).Tags["attempts"]);
    }

    [Fact]
    public void Every_trial_links_to_the_launch_that_the_console_made()
    {
        var launch = sweep.Received.Spans.Where(span => span.Name == "sweep.launch").MinBy(span => span.Start)!;
        Assert.Equal((Client, null), (launch.Service, launch.Parent));
        Assert.All(sweep.Traces, trace =>
        {
            var (linkedTrace, linked) = Assert.Single(Root(trace).Links);
            Assert.Equal(launch.Trace, linkedTrace);
            Assert.Contains(launch, Above(linked));
        });
        Assert.True(launch.End <= sweep.Traces.Min(trace => Root(trace).End), "The launch's trace is a short one.");
    }

    [Fact]
    public void What_is_asked_all_the_time_is_in_no_trace() =>
        Assert.All(sweep.Received.Spans, span => Assert.DoesNotMatch("AsyncEnumerable|Watch|Pull|Heartbeat|Running|Announce|Observe", span.Name));

    [Fact]
    public void Log_lines_of_an_attempt_name_its_trace()
    {
        var began = sweep.Received.Logs.Where(log => log.Text.StartsWith("Slot ", StringComparison.Ordinal) && log.Text.Contains(" began ", StringComparison.Ordinal)).ToList();
        Assert.Equal(TracedSweep.Trials + 2, began.Count);
        Assert.All(began, log => Assert.Contains(log.Trace, sweep.Traces.Select(trace => trace[0].Trace)));
        Assert.Contains(sweep.Received.Logs, log => log.Service == Client);
        Assert.Contains(sweep.Received.Logs, log => log.Service == Executor && log.Trace is not null);
    }

    private static ReceivedSpan Root(IReadOnlyList<ReceivedSpan> trace) => trace.Single(span => span.Name == "trial");

    private IEnumerable<ReceivedSpan> Above(string id)
    {
        for (string? at = id; at is not null;)
        {
            var span = sweep.Received.Spans.Single(span => span.Id == at);
            yield return span;
            at = span.Parent;
        }
    }
}
