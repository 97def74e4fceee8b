using Distributed.Sweeps;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Artifacts.Tests;

/// <summary>Tests that nothing else of this process runs beside: the pulse belongs to the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PulseCollection
{
    public const string Name = "pulse";
}

/// <summary>Gigabytes that come and go for minutes are no hang.</summary>
[Collection(PulseCollection.Name)]
public sealed class PulseTests : IDisposable
{
    private const int Written = 8 * TemporaryFile.BlockBytes;
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Blocks_that_are_written_and_read_beat()
    {
        var store = DirectoryStore.Create(_folder.Path, TimeProvider.System).Artifacts;
        ArtifactName name = new("sweeps/demo/model.onnx");
        long before = Pulse.Beats;
        var artifact = await store.Put(name, new MemoryStream(new byte[Written]), Cancellation);
        Assert.InRange(Pulse.Beats - before, 8, long.MaxValue);
        before = Pulse.Beats;
        await using var content = await store.Open(artifact, Cancellation);
        Assert.InRange(Pulse.Beats - before, 8, long.MaxValue);
    }

    [Fact]
    public async Task Waiting_until_another_process_has_fetched_beats()
    {
        FakeTimeProvider time = new();
        string path = Path.Combine(_folder.Path, "9f.fetch");
        var pause = TimeSpan.FromMilliseconds(50);
        var held = await ContentLock.Alone(path, time, pause, Cancellation);
        long before = Pulse.Beats;
        var waiting = ContentLock.Alone(path, time, pause, Cancellation);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, Pulse.Beats - before);
        held.Dispose();
        while (!waiting.IsCompleted)
        {
            time.Advance(pause);
            await Task.Yield();
        }

        (await waiting).Dispose();
    }
}
