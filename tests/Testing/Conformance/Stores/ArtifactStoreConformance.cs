using System.Security.Cryptography;
using System.Text;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <summary>What every artifact store must do. A backend's test class derives from this and says how to make one; there are no exemptions.</summary>
public abstract class ArtifactStoreConformance
{
    private static readonly ArtifactName Name = new("sweeps/demo/trials/7/e2/model.onnx");

    /// <summary>An empty store.</summary>
    protected abstract IArtifactStore Create();

    /// <summary>The same store as another process would open it.</summary>
    protected abstract IArtifactStore Reopen(IArtifactStore store);

    /// <summary>Damages the content of a file behind the store's back, with the same length.</summary>
    protected abstract void Damage(IArtifactStore store, ArtifactName name);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_put_is_read_back()
    {
        var store = Create();
        byte[] content = RandomNumberGenerator.GetBytes(300_000);
        var artifact = await store.Put(Name, new MemoryStream(content), Cancellation);
        Assert.Equal(new(Name, Convert.ToHexStringLower(SHA256.HashData(content)), content.Length), artifact);
        Assert.Equal(content, await Read(Reopen(store), artifact));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        var store = Create();
        var artifact = await Put(store, Name, "");
        Assert.Equal(0, artifact.Bytes);
        Assert.Empty(await Read(store, artifact));
        Assert.Equal(artifact, await store.Find(Name, Cancellation));
    }

    [Fact]
    public async Task The_same_content_may_be_put_again()
    {
        var store = Create();
        var first = await Put(store, Name, "same");
        Assert.Equal(first, await Put(Reopen(store), Name, "same"));
    }

    [Fact]
    public async Task Other_content_is_refused_and_changes_nothing()
    {
        var store = Create();
        var first = await Put(store, Name, "first");
        await Assert.ThrowsAsync<ArtifactExistsException>(() => Put(Reopen(store), Name, "other"));
        Assert.Equal("first"u8.ToArray(), await Read(store, first));
        Assert.Equal(first, await store.Find(Name, Cancellation));
    }

    [Fact]
    public async Task Of_many_writers_of_one_name_exactly_one_wins()
    {
        var store = Create();
        var puts = Enumerable.Range(0, 16).Select(i => Task.Run(() => Put(i % 2 == 0 ? store : Reopen(store), Name, $"writer {i}"))).ToArray();
        await Task.WhenAll(puts.Select(put => put.ContinueWith(_ => { }, TaskScheduler.Default)));
        var winner = Assert.Single(puts, put => put.IsCompletedSuccessfully);
        Assert.All(puts.Where(put => put != winner), put => Assert.IsType<ArtifactExistsException>(put.Exception?.InnerException));
        Assert.Equal(await winner, await store.Find(Name, Cancellation));
        await Read(store, await winner);
    }

    [Fact]
    public async Task Many_writers_of_the_same_content_all_succeed()
    {
        var store = Create();
        var refs = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Put(store, Name, "agreed"))));
        Assert.Single(refs.Distinct());
    }

    [Fact]
    public async Task A_missing_file_is_not_found_and_cannot_be_opened()
    {
        var store = Create();
        Assert.Null(await store.Find(Name, Cancellation));
        var error = await Assert.ThrowsAsync<ArtifactCorruptException>(() => store.Open(new(Name, new string('0', 64), 1), Cancellation));
        Assert.Contains(Name.Value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reference_with_another_hash_or_length_is_refused()
    {
        var store = Create();
        var artifact = await Put(store, Name, "content");
        await Assert.ThrowsAsync<ArtifactCorruptException>(() => store.Open(artifact with { Sha256 = new string('0', 64) }, Cancellation));
        await Assert.ThrowsAsync<ArtifactCorruptException>(() => store.Open(artifact with { Bytes = 6 }, Cancellation));
    }

    [Fact]
    public async Task A_damaged_file_is_refused()
    {
        var store = Create();
        var artifact = await Put(store, Name, "content");
        Damage(store, Name);
        await Assert.ThrowsAsync<ArtifactCorruptException>(() => store.Open(artifact, Cancellation));
        await Assert.ThrowsAsync<ArtifactExistsException>(() => Put(store, Name, "content"));
    }

    [Fact]
    public async Task A_deleted_file_is_gone_and_its_name_is_free()
    {
        var store = Create();
        var artifact = await Put(store, Name, "first");
        await store.Delete(Name, Cancellation);
        await store.Delete(Name, Cancellation);
        Assert.Null(await store.Find(Name, Cancellation));
        await Assert.ThrowsAsync<ArtifactCorruptException>(() => store.Open(artifact, Cancellation));
        var second = await Put(store, Name, "other");
        Assert.Equal(second, await Reopen(store).Find(Name, Cancellation));
    }

    [Fact]
    public async Task Names_are_listed_by_prefix_of_whole_segments_in_ordinal_order()
    {
        var store = Create();
        string[] names = ["sweeps/demo/b", "sweeps/demo/a/z", "sweeps/demo/a-1", "sweeps/demo-2/x", "sweeps/demo/a/B", "other"];
        foreach (string name in names) await Put(store, new(name), name);
        Assert.Equal(["sweeps/demo/a-1", "sweeps/demo/a/B", "sweeps/demo/a/z", "sweeps/demo/b"], await List(store, "sweeps/demo"));
        Assert.Equal(["sweeps/demo/b"], await List(store, "sweeps/demo/b"));
        Assert.Equal(names.Order(StringComparer.Ordinal), await List(Reopen(store), ""));
        Assert.Empty(await List(store, "sweeps/dem"));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("sweeps/../../outside")]
    [InlineData("/etc")]
    [InlineData(".hidden")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    public async Task A_prefix_that_is_no_name_is_refused(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => List(Create(), prefix));

    [Fact]
    public async Task The_default_name_is_refused()
    {
        var store = Create();
        await Assert.ThrowsAsync<ArgumentException>(() => Put(store, default, "content"));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Find(default, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Delete(default, Cancellation));
    }

    [Fact]
    public async Task A_writer_that_fails_or_is_cancelled_leaves_nothing()
    {
        var store = Create();
        await Assert.ThrowsAsync<InvalidDataException>(() => store.Put(Name, new FailingStream(100_000), Cancellation));
        using var cancelled = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => store.Put(Name, new FailingStream(100_000, cancelled.Cancel), cancelled.Token));
        Assert.Null(await store.Find(Name, Cancellation));
        Assert.Empty(await List(store, ""));
    }

    /// <summary>Puts a text.</summary>
    protected static Task<ArtifactRef> Put(IArtifactStore store, ArtifactName name, string content) =>
        store.Put(name, new MemoryStream(Encoding.UTF8.GetBytes(content)), Cancellation);

    /// <summary>All bytes of an artifact.</summary>
    protected static async Task<byte[]> Read(IArtifactStore store, ArtifactRef artifact)
    {
        await using var stream = await store.Open(artifact, Cancellation);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }

    /// <summary>The names under a prefix.</summary>
    protected static async Task<List<string>> List(IArtifactStore store, string prefix)
    {
        var names = new List<string>();
        await foreach (var name in store.List(prefix, Cancellation)) names.Add(name.Value);
        return names;
    }
}
