using System.Formats.Tar;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class ContentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MemoryArtifactStore _store = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string CachePath => Path.Combine(_folder.Path, "cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_pushed_once_and_comes_back_with_its_name()
    {
        string path = Write("my model.onnx", "weights");
        var first = await ContentPush.Push(_store, path, Cancellation);
        Assert.True(first.IsNew);
        Assert.EndsWith("/my_model.onnx", $"{first.File}", StringComparison.Ordinal);
        Assert.Equal((first.File, first.Bytes, false), await ContentPush.Push(_store, path, Cancellation));
        using var cached = await Cache().Get(StoredFile.Parse($"{first.File}"), _store, Cancellation);
        Assert.Equal("weights", await File.ReadAllTextAsync(cached.Path, Cancellation));
    }

    [Fact]
    public async Task A_folder_is_the_same_content_whenever_and_wherever_it_is_packed()
    {
        string data = Path.Combine(_folder.Path, "digits");
        foreach (string name in new[] { "test/0/b.png", "train/1/a.png", "train/0/a.png" }) Write(Path.Combine("digits", name), name);
        Write(Path.Combine("digits", "train", new string('n', 150) + " ü.png"), "long");
        var first = await ContentPush.Push(_store, data, Cancellation);
        Assert.StartsWith("1580cf5497fa18232009bff4416cafaea73c9b0059e67c1b7e", first.File.Sha256, StringComparison.Ordinal);
        File.SetLastWriteTimeUtc(Path.Combine(data, "train/0/a.png"), DateTime.UnixEpoch);
        Assert.Equal(first.File, (await ContentPush.Push(_store, data, Cancellation)).File);
        using var cached = await Cache().Get(first.File, _store, Cancellation);
        Assert.Equal("train/1/a.png", await File.ReadAllTextAsync(Path.Combine(cached.Path, "train/1/a.png"), Cancellation));
        Assert.Equal(4, Directory.EnumerateFiles(cached.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("/tmp/distributed-outside.txt")]
    [InlineData("a/../../outside.txt")]
    public async Task An_archive_that_leads_out_of_its_folder_writes_nothing(string entry)
    {
        using MemoryStream archive = new();
        await using (TarWriter writer = new(archive, leaveOpen: true))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, entry) { DataStream = new MemoryStream([1]) }, Cancellation);
        }

        archive.Position = 0;
        var stored = await PutAs("evil" + StoredFile.FolderExtension, archive.ToArray());
        await Assert.ThrowsAsync<InvalidInputException>(() => Cache().Get(stored, _store, Cancellation));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "outside.txt")));
        Assert.Empty(Directory.EnumerateDirectories(CachePath));
    }

    [Fact]
    public async Task Content_that_was_damaged_on_this_machine_is_fetched_again()
    {
        var (file, _, _) = await ContentPush.Push(_store, Write("data.bin", "right"), Cancellation);
        string path;
        using (var cached = await Cache().Get(file, _store, Cancellation)) path = cached.Path;
        await File.WriteAllTextAsync(path, "wrong", Cancellation);
        using var again = await Cache().Get(file, _store, Cancellation);
        Assert.Equal("right", await File.ReadAllTextAsync(again.Path, Cancellation));
    }

    [Fact]
    public async Task Content_that_the_store_does_not_hold_is_told_and_leaves_nothing()
    {
        StoredFile missing = new(new string('a', 64), "data.bin");
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => Cache().Get(missing, _store, Cancellation));
        Assert.Contains("data push", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(CachePath));
    }

    [Fact]
    public async Task Beyond_the_limit_what_was_used_longest_ago_goes_and_never_what_is_in_use()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new();
        List<StoredFile> files = [];
        for (int i = 0; i < 4; i++) files.Add((await ContentPush.Push(_store, Write($"{i}.bin", new string((char)('a' + i), 100)), Cancellation)).File);
        ContentCache cache = new(CachePath, 250, time);
        using var inUse = await cache.Get(files[0], _store, Cancellation);
        foreach (int i in new[] { 1, 2, 3 })
        {
            time.Advance(TimeSpan.FromMinutes(1));
            (await cache.Get(files[i], _store, Cancellation)).Dispose();
        }

        Assert.Equal([true, false, false, true], files.Select(file => Directory.Exists(Path.Combine(CachePath, file.Sha256))));
        Assert.True(File.Exists(inUse.Path));
    }

    [Fact]
    public async Task Many_that_want_the_same_content_at_once_all_get_it_whole()
    {
        string content = string.Concat(Enumerable.Range(0, 100_000));
        var (file, _, _) = await ContentPush.Push(_store, Write("data.bin", content), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            using var cached = await Cache().Get(file, _store, Cancellation);
            Assert.Equal(content, await File.ReadAllTextAsync(cached.Path, Cancellation));
        })));
        Assert.Single(Directory.EnumerateDirectories(CachePath));
    }

    [Fact]
    public async Task What_a_process_that_died_left_half_fetched_is_never_used_and_goes_away()
    {
        string part = Directory.CreateDirectory(Path.Combine(CachePath, ".dead.part")).FullName;
        await File.WriteAllTextAsync(Path.Combine(part, ".size"), "", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(part, "data.bin"), "hal", Cancellation);
        var (file, _, _) = await ContentPush.Push(_store, Write("data.bin", "half"), Cancellation);
        using var cached = await Cache().Get(file, _store, Cancellation);
        Assert.Equal("half", await File.ReadAllTextAsync(cached.Path, Cancellation));
        Assert.False(Directory.Exists(part));
    }

    [Theory]
    [InlineData("store:")]
    [InlineData("store:abc/data.bin")]
    [InlineData("store:0000000000000000000000000000000000000000000000000000000000000000/../x")]
    [InlineData("store:0000000000000000000000000000000000000000000000000000000000000000/.hidden")]
    public void A_reference_of_another_form_is_refused(string text) => Assert.Throws<InvalidInputException>(() => StoredFile.Parse(text));

    private ContentCache Cache() => new(CachePath, long.MaxValue, TimeProvider.System);

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.Path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    private async Task<StoredFile> PutAs(string name, byte[] content)
    {
        StoredFile file = new(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), name);
        await _store.Put(file.Artifact, new MemoryStream(content), Cancellation);
        return file;
    }
}
