using System.Diagnostics;
using Distributed.Client.Dashboards;
using Distributed.Client.Sessions;
using Distributed.Client.Tests.Samples;
using Distributed.Contracts;
using Distributed.Dashboard;
using Distributed.Testing;

namespace Distributed.Client.Tests.Sessions;

/// <summary>Sessions with a silo in a process of its own, whose trials are arithmetic.</summary>
public sealed class LiveSessionTests : IDisposable
{
    private const string Closed = "its connection was closed";

    /// <summary>A fraction of what an answer may take.</summary>
    /// <summary>A process that starts anew on a busy machine; nothing here is about how long it takes.</summary>
    private static readonly TimeSpan AtWork = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static readonly SweepSpec Spec = SampleSweep.Spec with
    {
        Model = new() { Zoo = "stub:steps=3,step-ms=4,measure-ms=5" },
        Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true), new Parameter.Real("learning-rate", 0.001, 0.1, Scale.Log)]),
        Sampler = new() { Name = "sobol" },
        Budget = new() { Trials = 5000 },
    };

    private readonly string _store = Directory.CreateTempSubdirectory("live-").FullName;
    private readonly StoreSessions _sessions = new(() => new(Repository.StubSilo), TimeProvider.System, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_watch_ends_with_its_session()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var silo = await _sessions.Start(_store, 1, cancellation);
        var session = await _sessions.Open(_store, cancellation);
        await session.Launch(Spec, cancellation);
        await session.Pause(Spec.Name, "a test", cancellation);
        TaskCompletionSource read = new();
        var watch = Watch(session.Watch(Spec.Name, 0, cancellation), happened =>
        {
            if (happened is SweepEvent.Idle) read.TrySetResult();
        });
        await read.Task.WaitAsync(Soon, TimeProvider.System, cancellation);

        await session.DisposeAsync();
        var error = await Assert.ThrowsAsync<ClusterUnreachableException>(() => watch.WaitAsync(Soon, TimeProvider.System, cancellation));
        Assert.Contains(Closed, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everyone_who_asks_a_silo_that_is_killed_is_told_the_same_at_once()
    {
        var cancellation = TestContext.Current.CancellationToken;
        for (int time = 0; time < 5; time++)
        {
            await using var silo = await _sessions.Start(_store, 1, cancellation);
            await using SessionSource source = new(CommandLine.Context(_sessions), _store);
            if (time == 0) await source.Launch(Spec, cancellation);
            TaskCompletionSource working = new();
            var watch = Watch(source.Watch(Spec.Name, 0, cancellation), happened =>
            {
                if (happened is SweepEvent.Logged { Entry.Record: SweepRecord.RungReached }) working.TrySetResult();
            });
            var list = List(source);
            await working.Task.WaitAsync(AtWork, TimeProvider.System, cancellation);

            Process.GetProcessById(Distributed.Client.Sessions.SiloAddress.On(_store)!.Pid).Kill();
            foreach (var asked in (Task[])[watch, list])
            {
                var error = await Assert.ThrowsAsync<SourceUnavailableException>(() => asked.WaitAsync(Soon, TimeProvider.System, cancellation));
                Assert.Contains(Closed, error.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => Directory.Delete(_store, recursive: true);

    private static Task Watch(IAsyncEnumerable<SweepEvent> events, Action<SweepEvent> happened) => Task.Run(async () =>
    {
        await foreach (var one in events) happened(one);
    });

    /// <summary>Asks again and again, as pages do.</summary>
    private static Task List(SessionSource source) => Task.Run(async () =>
    {
        while (true) await source.List(TestContext.Current.CancellationToken);
    });
}
