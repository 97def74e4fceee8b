using CsCheck;
using Distributed.Artifacts.Tests.Azure;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

/// <summary>Random sequences of operations have the same effect on a directory and a container as on memory.</summary>
public sealed class ModelTests(Azurite azurite)
{
    private const int Sequences = 60;
    private const int FewSequences = 15;

    private static readonly Gen<(int Operation, int Name, int Content)[]> Operations =
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 2]).Array[1, 25];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Artifacts_in_a_directory_are_as_in_memory() => await Operations.SampleAsync(async operations =>
    {
        using var folder = new TemporaryFolder();
        var directory = DirectoryStore.Create(folder.Path, TimeProvider.System).Artifacts;
        var memory = new MemoryArtifactStore();
        foreach (var operation in operations)
            Assert.Equal(await Outcome(memory, operation), await Outcome(directory, operation));
    }, iter: Sequences);

    [Fact]
    public async Task Logs_in_a_directory_are_as_in_memory() => await Operations.SampleAsync(async operations =>
    {
        using var folder = new LogFolder(new LogLimits(SegmentRecords: 3));
        await using var directory = new LogDriver(folder.Store);
        await using var memory = new LogDriver(new MemorySweepLogStore(TimeProvider.System));
        foreach (var (operation, name, count) in operations)
            Assert.Equal(await memory.Do(operation, name, count), await directory.Do(operation, name, count));
    }, iter: Sequences);

    [Fact]
    public async Task Artifacts_in_a_container_are_as_in_memory() => await Operations.SampleAsync(async operations =>
    {
        var blobs = new AzureArtifactStore((await azurite.Container()).Open());
        var memory = new MemoryArtifactStore();
        foreach (var operation in operations)
            Assert.Equal(await Outcome(memory, operation), await Outcome(blobs, operation));
    }, iter: FewSequences, threads: 1);

    [Fact]
    public async Task Logs_in_a_container_are_as_in_memory() => await Operations.SampleAsync(async operations =>
    {
        var container = (await azurite.Container()).Open();
        await using var blobs = new LogDriver(new AzureSweepLogStore(container, new(SegmentRecords: 3)));
        await using var memory = new LogDriver(new MemorySweepLogStore(TimeProvider.System));
        foreach (var (operation, name, count) in operations)
            Assert.Equal(await memory.Do(operation, name, count), await blobs.Do(operation, name, count));
    }, iter: FewSequences, threads: 1);

    private static async Task<string> Outcome(IArtifactStore store, (int Operation, int Name, int Content) step)
    {
        // Contents have the same length, so that only their hashes tell them apart.
        ArtifactName name = new(new[] { "a", "b/c", "b/d", "b/e-1" }[step.Name]);
        byte[] content = [1, 2, (byte)step.Content];
        try
        {
            switch (step.Operation)
            {
                case 0 or 1: return Invariant($"{await store.Put(name, new MemoryStream(content), Cancellation)}");
                case 2: return Invariant($"{await store.Find(name, Cancellation)}");
                case 3:
                    await store.Delete(name, Cancellation);
                    return "deleted";
                default:
                    var names = new List<ArtifactName>();
                    await foreach (var listed in store.List(step.Content == 0 ? "" : "b", Cancellation)) names.Add(listed);
                    return string.Join(' ', names);
            }
        }
        catch (ArtifactExistsException)
        {
            return "exists";
        }
    }

    /// <summary>Keeps up to two owners of each of two sweeps, of which the older is fenced.</summary>
    private sealed class LogDriver(ISweepLogStore store) : IAsyncDisposable
    {
        private readonly Dictionary<int, ISweepLog> _owners = [];
        private int _number;

        public async Task<string> Do(int operation, int name, int count)
        {
            SweepId sweep = new(name % 2 == 0 ? "even" : "odd");
            try
            {
                switch (operation)
                {
                    case 0:
                        if (_owners.Remove(name, out var old)) await old.DisposeAsync();
                        _owners[name] = await store.Own(sweep, Cancellation);
                        return Invariant($"owned at {_owners[name].Next}");
                    case 1 or 2:
                        if (!_owners.TryGetValue(name, out var owner)) return "no owner";
                        var written = await owner.Append([.. Enumerable.Range(_number, count).Select(LogFolder.Note)], Cancellation);
                        _number += count;
                        return string.Join(' ', written.Select(entry => entry.Position));
                    case 3:
                        await store.Delete(sweep, Cancellation);
                        return "deleted";
                    default:
                        var seen = new List<string>();
                        await foreach (var entry in store.Read(sweep, count, Cancellation)) seen.Add(Invariant($"{entry.Position}:{entry.Record}"));
                        return string.Join(' ', seen.Concat((await store.List(Cancellation)).Select(listed => listed.Value)));
                }
            }
            catch (Exception error) when (error is LogFencedException or InvalidInputException)
            {
                return error.GetType().Name;
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var owner in _owners.Values) await owner.DisposeAsync();
        }
    }
}
