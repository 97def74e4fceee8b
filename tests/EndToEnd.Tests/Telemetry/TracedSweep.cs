using Distributed.Otlp;

namespace Distributed.EndToEnd.Tests.Telemetry;

/// <summary>
/// One sweep, run by the real console with its silo and executors as processes, interrupted while the baseline trains and taken up again by
/// another console with another silo; and all that they exported. Run once for each protocol.
/// </summary>
public abstract class TracedSweep(OtlpProtocol protocol) : IAsyncLifetime
{
    private OtlpReceiver? _receiver;

    /// <summary>Candidates.</summary>
    public const int Trials = 3;

    /// <summary>Epochs of fine-tuning.</summary>
    public const int Epochs = 2;

    /// <summary>What came.</summary>
    public OtlpReceiver Received => _receiver ?? throw new InvalidOperationException("The sweep has not run.");

    /// <summary>The spans of the trials, by trace in the order of trials, each in the order in which they began.</summary>
    public IReadOnlyList<IReadOnlyList<ReceivedSpan>> Traces { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _receiver = await OtlpReceiver.Start();
        var variables = _receiver.EnvironmentOver(protocol);
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", Sweep);
        string[] command = ["run", file, "--json", "--slots", "2"];
        using (var interrupted = ConsoleProcess.Start(folder.Path, variables, command))
        {
            await Until(() => interrupted.HasEnded || Received.Spans.Any(span => span.Name == "train"));
            interrupted.Interrupt();
            Assert.True(await interrupted.Ended() == 130, interrupted.Error);
        }

        using var console = ConsoleProcess.Start(folder.Path, variables, command);
        Assert.True(await console.Ended() == 0, console.Error);
        Traces = [.. Received.Spans.Where(span => span.Name == "trial").OrderBy(root => int.Parse(root.Tags["trial"]))
            .Select(root => (IReadOnlyList<ReceivedSpan>)[.. Received.Spans.Where(span => span.Trace == root.Trace).OrderBy(span => span.Start)])];
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_receiver is not null) await _receiver.DisposeAsync();
    }

    private static async Task Until(Func<bool> met)
    {
        while (!met()) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static string Sweep => Invariant($$"""
        name: small
        seed: 1
        model: { zoo: lenet }
        dataset: { format: shapes, train: 600, validation: 200, test: 200 }
        baseline: { epochs: 30, learning-rate: 0.02 }
        recovery: { epochs: {{Epochs}}, learning-rate: 0.02 }
        space:
          ratio: { real: [0.1, 0.8] }
          precision: int8
        budget: { trials: {{Trials}} }
        early-stopping: { enabled: false }
        latency: { sessions: 5, warmup: 5, runs: 10 }
        """);
}
