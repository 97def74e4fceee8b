namespace Distributed.EndToEnd.Tests.Telemetry;

public sealed class TraceTests(TracedSweep sweep) : IClassFixture<TracedSweep>
{
    [Fact]
    public void Show()
    {
        var o = TestContext.Current.TestOutputHelper!;
        foreach (var span in sweep.Received.Spans.OrderBy(span => span.Trace).ThenBy(span => span.Start))
            o.WriteLine($"{span.Trace[..6]} {span.Id[..6]} <- {span.Parent?[..6],6} {span.Service,-22} {span.Source,-30} {span.Name,-50} {span.Milliseconds:0.0} ms {string.Join(",", span.Tags.Select(t => t.Key + "=" + t.Value))} links {string.Join(",", span.Links.Select(l => l.Trace[..6] + "/" + l.Span[..6]))}");
        foreach (var m in sweep.Received.Metrics.GroupBy(m => (m.Service, m.Meter, m.Name, m.Unit, m.Kind)).OrderBy(g => g.Key.ToString()))
            o.WriteLine($"{m.Key} x{m.Count()} {string.Join(";", m.SelectMany(x => x.Labels.Keys).Distinct())} ex {m.Sum(x => x.Exemplars.Count)} last {m.Last().Value}");
        foreach (var l in sweep.Received.Logs) o.WriteLine(l.ToString());
        Assert.Fail("look");
    }
}
