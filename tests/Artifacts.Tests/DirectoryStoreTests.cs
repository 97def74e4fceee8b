using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class DirectoryStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_no_store()
    {
        string file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        foreach (string root in new[] { file, Path.Combine(file, "below") })
        {
            var error = Assert.Throws<InvalidInputException>(() => DirectoryStore.Create(root, TimeProvider.System));
            Assert.Equal(root, error.Place);
            Assert.Contains("--store", error.Remedy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_no_store()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a folder that nobody, not even root, can write: /proc.");
        var error = Assert.Throws<InvalidInputException>(() => DirectoryStore.Create("/proc/distributed", TimeProvider.System));
        Assert.Contains("cannot be written", error.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_for_a_store_makes_none()
    {
        string missing = Path.Combine(_folder.Path, "missing");
        Assert.Throws<InvalidInputException>(() => DirectoryStore.Existing(missing, TimeProvider.System));
        Assert.Throws<InvalidInputException>(() => DirectoryStore.Existing(_folder.Path, TimeProvider.System));
        Assert.False(Directory.Exists(missing));
    }

    [Fact]
    public async Task A_store_with_a_sweep_is_found()
    {
        var store = DirectoryStore.Create(_folder.Path, TimeProvider.System);
        await using (var log = await store.Logs.Own(new("demo"), Cancellation)) await log.Append([LogFolder.Note(0)], Cancellation);
        Assert.Equal([new SweepId("demo")], await DirectoryStore.Existing(_folder.Path, TimeProvider.System).Logs.List(Cancellation));
    }

    [Fact]
    public void A_store_is_locked_once()
    {
        var store = DirectoryStore.Create(_folder.Path, TimeProvider.System);
        using (store.Lock())
        {
            var error = Assert.Throws<InvalidInputException>(() => DirectoryStore.Create(_folder.Path, TimeProvider.System).Lock());
            Assert.Contains(Invariant($"process {Environment.ProcessId} on {Environment.MachineName}"), error.Message, StringComparison.Ordinal);
            Assert.Contains("--store", error.Message, StringComparison.Ordinal);
        }

        store.Lock().Dispose();
    }

    [Fact]
    public async Task Locking_removes_what_dead_writers_left_and_nothing_else()
    {
        var store = DirectoryStore.Create(_folder.Path, TimeProvider.System);
        ArtifactName name = new("sweeps/demo/model.onnx");
        var artifact = await store.Artifacts.Put(name, new MemoryStream([1, 2, 3]), Cancellation);
        string folder = Path.Combine(store.Root, "artifacts", "sweeps", "demo");
        string dead = DirectoryLayout.Temporary(folder);
        await File.WriteAllBytesAsync(dead, [1, 2], Cancellation);
        string log = Path.Combine(store.Root, "logs", ".deleted-1");
        Directory.CreateDirectory(log);
        using var living = TemporaryFile.Create(folder, Disk.Local);
        var listed = new List<ArtifactName>();
        await foreach (var entry in store.Artifacts.List("", Cancellation)) listed.Add(entry);
        Assert.Equal([name], listed);

        store.Lock().Dispose();
        Assert.False(File.Exists(dead));
        Assert.False(Directory.Exists(log));
        Assert.True(File.Exists(living.Path));
        await using var content = await store.Artifacts.Open(artifact, Cancellation);
    }

    [Fact]
    public async Task An_artifact_is_downloaded_whole_or_not_at_all()
    {
        var store = DirectoryStore.Create(Path.Combine(_folder.Path, "store"), TimeProvider.System);
        var artifact = await store.Artifacts.Put(new("model.onnx"), new MemoryStream([1, 2, 3]), Cancellation);
        string path = Path.Combine(_folder.Path, "out", "deep", "model.onnx");
        await ArtifactDownload.ToFile(store.Artifacts, artifact, path, Cancellation);
        await Assert.ThrowsAsync<ArtifactCorruptException>(
            () => ArtifactDownload.ToFile(store.Artifacts, artifact with { Sha256 = new('0', 64) }, path, Cancellation));
        Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(path, Cancellation));
        Assert.Equal([path], Directory.EnumerateFiles(Path.GetDirectoryName(path)!));
        await Assert.ThrowsAsync<InvalidInputException>(
            () => ArtifactDownload.ToFile(store.Artifacts, artifact, Path.Combine(path, "below"), Cancellation));
    }
}
