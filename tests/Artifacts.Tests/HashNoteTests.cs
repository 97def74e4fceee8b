using System.Text;
using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class HashNoteTests : IDisposable
{
    private static readonly ArtifactName Name = new("sweeps/demo/model.onnx");
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string ArtifactPath => new DirectoryLayout(_folder.Path).Artifact(Name);

    private string NotePath => DirectoryLayout.HashNote(ArtifactPath);

    private IArtifactStore Store => DirectoryStore.Create(_folder.Path, TimeProvider.System).Artifacts;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Finding_believes_the_note_and_opening_does_not()
    {
        var artifact = await Put("content");
        var time = File.GetLastWriteTimeUtc(ArtifactPath);
        await File.WriteAllTextAsync(ArtifactPath, "CONTENT", Cancellation);
        File.SetLastWriteTimeUtc(ArtifactPath, time);
        Assert.Equal(artifact, await Store.Find(Name, Cancellation));
        await Assert.ThrowsAsync<ArtifactCorruptException>(() => Store.Open(artifact, Cancellation));
    }

    [Fact]
    public async Task A_file_that_was_touched_is_read_anew()
    {
        var artifact = await Put("content");
        await File.WriteAllTextAsync(ArtifactPath, "CONTENT", Cancellation);
        File.SetLastWriteTimeUtc(ArtifactPath, File.GetLastWriteTimeUtc(ArtifactPath).AddSeconds(1));
        var found = await Store.Find(Name, Cancellation);
        Assert.NotEqual(artifact, found);
        Assert.Equal(found, await Store.Find(Name, Cancellation));
    }

    [Fact]
    public async Task A_note_that_is_missing_cut_short_or_garbage_costs_only_time()
    {
        var artifact = await Put("content");
        string note = await File.ReadAllTextAsync(NotePath, Cancellation);
        for (int length = 0; length < note.Length; length++)
        {
            await File.WriteAllTextAsync(NotePath, note[..length], Cancellation);
            Assert.Equal(artifact, await Store.Find(Name, Cancellation));
        }

        await File.WriteAllTextAsync(NotePath, "v9 nonsense\n", Cancellation);
        Assert.Equal(artifact, await Store.Find(Name, Cancellation));
        File.Delete(NotePath);
        Assert.Equal(artifact, await Store.Find(Name, Cancellation));
        Assert.True(File.Exists(NotePath));
    }

    private Task<ArtifactRef> Put(string content) => Store.Put(Name, new MemoryStream(Encoding.UTF8.GetBytes(content)), Cancellation);
}
