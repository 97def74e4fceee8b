using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests.Azure;

public sealed class AzureArtifactStoreTests(Azurite azurite) : ArtifactStoreConformance, IAsyncLifetime
{
    private Azurite.TestContainer _container = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _container = await azurite.Container();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_file_of_many_blocks_is_one_file()
    {
        var store = Create();
        byte[] content = new byte[(3 << 22) + 12_345];
        new SeededRandom(1, "content").NextBytes(content);
        var artifact = await store.Put(new("big.bin"), new MemoryStream(content), Cancellation);
        Assert.Equal(content, await Read(Reopen(store), artifact));
        Assert.Equal(artifact, await store.Put(new("big.bin"), new MemoryStream(content), Cancellation));
        content[^1] ^= 1;
        await Assert.ThrowsAsync<ArtifactExistsException>(() => store.Put(new("big.bin"), new MemoryStream(content), Cancellation));
    }

    [Theory]
    [InlineData("a./b")]
    [InlineData("a../b..")]
    [InlineData("-/_")]
    public async Task A_name_never_becomes_another(string name)
    {
        var store = Create();
        var artifact = await Put(store, new(name), "content");
        Assert.Equal([name], await List(store, ""));
        Assert.Equal(artifact, await store.Find(new(name), Cancellation));
        Assert.StartsWith("artifacts/", Assert.Single(_container.Client.GetBlobs(cancellationToken: Cancellation)).Name, StringComparison.Ordinal);
        Assert.Null(await store.Find(new(name.Replace(".", "", StringComparison.Ordinal) + "x"), Cancellation));
    }

    protected override IArtifactStore Create() => new AzureArtifactStore(_container.Open());

    protected override IArtifactStore Reopen(IArtifactStore store) => new AzureArtifactStore(_container.Open());

    protected override void Damage(IArtifactStore store, ArtifactName name)
    {
        var blob = _container.Client.GetBlockBlobClient(BlobNames.Artifact(name));
        BlobDownloadResult content = blob.DownloadContent(Cancellation);
        byte[] bytes = content.Content.ToArray();
        bytes[0] ^= 1;
        blob.Upload(new MemoryStream(bytes), new BlobUploadOptions { Metadata = content.Details.Metadata }, Cancellation);
    }
}
