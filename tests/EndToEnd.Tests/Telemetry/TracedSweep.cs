using Distributed.Otlp;

namespace Distributed.EndToEnd.Tests.Telemetry;

/// <summary>One sweep, run by the real console with its silo and executors as processes, and all that they exported. Run once for all its tests.</summary>
public sealed class TracedSweep : IAsyncLifetime
{
    private OtlpReceiver? _receiver;

    /// <summary>Candidates.</summary>
    public const int Trials = 4;

    /// <summary>What came.</summary>
    public OtlpReceiver Received => _receiver ?? throw new InvalidOperationException("The sweep has not run.");

    /// <summary>The spans of the trials, by trace, the dense baseline's first.</summary>
    public IReadOnlyList<IReadOnlyList<ReceivedSpan>> Traces { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _receiver = await OtlpReceiver.Start();
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", Sweep);
        using var console = ConsoleProcess.Start(folder.Path, _receiver.Environment, "run", file, "--json", "--slots", "2");
        Assert.True(await console.Ended() == 0, console.Error);
        Traces = [.. Received.Spans.Where(span => span.Name == "trial").OrderBy(root => int.Parse(root.Tags["trial"]))
            .Select(root => (IReadOnlyList<ReceivedSpan>)[.. Received.Spans.Where(span => span.Trace == root.Trace).OrderBy(span => span.Start)])];
    }

    public async ValueTask DisposeAsync()
    {
        if (_receiver is not null) await _receiver.DisposeAsync();
    }

    private static string Sweep => SweepFiles.Shapes(Trials, extra: "early-stopping: { enabled: true }")
        .Replace("ratio: { real: [0, 0.8] }", "ratio: { real: [0.1, 0.8] }\n  precision: int8", StringComparison.Ordinal)
        .Replace("recovery: { epochs: 1,", "recovery: { epochs: 2,", StringComparison.Ordinal);
}
