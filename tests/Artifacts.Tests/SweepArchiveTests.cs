using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Distributed.Artifacts.Tests.Azure;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

public sealed class SweepArchiveTests(Azurite azurite) : IDisposable
{
    private static readonly SweepId Sweep = new("demo");
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(_folder.Path, "demo.tar");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sweep_goes_from_a_folder_to_a_container_and_back_unchanged()
    {
        var container = await azurite.Container();
        OpenedStore blobs = new(new StoreAddress.NamedContainer("test"), new AzureStore(container.Open(), new(SegmentRecords: 10)), _ => Task.CompletedTask);
        var first = await Filled("first");
        await Export(first);
        Assert.Equal((Sweep, 25L, 2), await Import(blobs));
        File.Delete(Archive);
        await Export(blobs);
        var last = Store("last");
        await Import(last);
        Assert.Equal(await Log(first), await Log(blobs));
        Assert.Equal(await Log(first), await Log(last));
        Assert.Equal("model", await Text(last, "sweeps/demo/trials/1/e1/model.onnx"));
        Assert.Equal("plan", await Text(last, "sweeps/demo/trials/1/e1/plan.json"));
        Assert.Null(await last.Artifacts.Find(new("sweeps/demo-2/other"), Cancellation));
    }

    [Fact]
    public async Task A_store_that_holds_a_sweep_of_the_name_is_refused_and_stays_as_it_was()
    {
        await Export(await Filled("first"));
        var second = Store("second");
        await using (var log = await second.Logs.Own(Sweep, Cancellation)) await log.Append([.. SampleRecords.OfVersion2()], Cancellation);
        var before = await Log(second);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => Import(second));
        Assert.Contains("holds a sweep 'demo' already", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Log(second));
    }

    [Fact]
    public async Task An_import_that_was_cut_short_goes_on_and_a_whole_one_is_not_repeated()
    {
        var first = await Filled("first");
        await Export(first);
        var second = Store("second");
        List<LogEntry> start = [];
        await foreach (var entry in first.Logs.Read(Sweep, 0, Cancellation)) if (start.Count < 7) start.Add(entry);
        await using (var log = await second.Logs.Own(Sweep, Cancellation)) await ((GroupCommitLog)log).Copy(start, Cancellation);
        await Import(second);
        Assert.Equal(await Log(first), await Log(second));
        await Assert.ThrowsAsync<InvalidInputException>(() => Import(second));
    }

    [Fact]
    public async Task An_archive_that_was_damaged_anywhere_is_refused_and_no_sweep_appears()
    {
        await Export(await Filled("first"));
        byte[] whole = await File.ReadAllBytesAsync(Archive, Cancellation);
        foreach (string part in new[] { "model", "plan", "dense baseline", "\"kind\":\"leased\"" })
        {
            byte[] damaged = [.. whole];
            int at = damaged.AsSpan().LastIndexOf(Encoding.UTF8.GetBytes(part));
            damaged[at] ^= 1;
            await File.WriteAllBytesAsync(Archive, damaged, Cancellation);
            var store = Store($"store-{Guid.NewGuid():N}");
            await Assert.ThrowsAsync<InvalidInputException>(() => Import(store));
            Assert.Empty(await store.Logs.List(Cancellation));
        }

        foreach (int length in new[] { 0, 100, 512, 1500, whole.Length / 2, whole.Length - 3000 })
        {
            await File.WriteAllBytesAsync(Archive, whole[..length], Cancellation);
            await Assert.ThrowsAsync<InvalidInputException>(() => Import(Store("cut")));
        }

        Assert.Empty(await Store("cut").Logs.List(Cancellation));
    }

    [Fact]
    public async Task What_was_pushed_for_a_sweep_goes_with_it_when_asked_for_and_is_verified()
    {
        var first = Store("pushed");
        string data = Path.Combine(_folder.Path, "images.idx");
        await File.WriteAllTextAsync(data, "images", Cancellation);
        var (stored, _, _) = await ContentPush.Push(first.Artifacts, data, Cancellation);
        var launched = (SweepRecord.Launched)SampleRecords.OfEveryKind()[0];
        await using (var log = await first.Logs.Own(Sweep, Cancellation))
            await log.Append([launched with { Spec = launched.Spec with { Dataset = launched.Spec.Dataset with { Path = $"{stored}" } } }], Cancellation);
        Assert.Equal((1L, 0), await Export(first));
        await Import(Store("without"));
        Assert.Null(await Store("without").Artifacts.Find(stored.Artifact, Cancellation));

        Assert.Equal((1L, 1), await SweepExport.Write(first, Sweep, Archive, withData: true, (_, _) => { }, Cancellation));
        await Import(Store("with"));
        Assert.Equal("images", await Text(Store("with"), stored.Artifact.Value));
        byte[] archive = await File.ReadAllBytesAsync(Archive, Cancellation);
        int at = archive.AsSpan().IndexOf("images\0"u8);
        archive[at] ^= 1;
        await File.WriteAllBytesAsync(Archive, archive, Cancellation);
        await Assert.ThrowsAsync<InvalidInputException>(() => Import(Store("damaged")));
        Assert.Null(await Store("damaged").Artifacts.Find(stored.Artifact, Cancellation));

        await first.Artifacts.Delete(stored.Artifact, Cancellation);
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => SweepExport.Write(first, Sweep, Archive, withData: true, (_, _) => { }, Cancellation));
        Assert.Equal($"{stored}", error.Place);
    }

    [Theory]
    [InlineData("content/0000000000000000000000000000000000000000000000000000000000000001/file")]
    [InlineData("content/4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a/a/b")]
    [InlineData("../../outside")]
    [InlineData("sweeps/other/file")]
    [InlineData("/etc/outside")]
    public async Task An_archive_whose_files_lead_elsewhere_is_refused(string name)
    {
        string manifest = $$"""{"version":1,"sweep":"demo","records":1,"logSha256":"","files":[{"name":"{{name}}","sha256":"{{Convert.ToHexStringLower(SHA256.HashData([1]))}}","bytes":1}]}""";
        await using (FileStream file = File.Create(Archive))
        await using (TarWriter writer = new(file))
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "sweep.json") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(manifest)) }, Cancellation);
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "artifacts/" + name) { DataStream = new MemoryStream([1]) }, Cancellation);
        }

        var store = Store("store");
        await Assert.ThrowsAsync<InvalidInputException>(() => Import(store));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "store", "artifacts")));
    }

    private Task<(long Records, int Files)> Export(OpenedStore store) => SweepExport.Write(store, Sweep, Archive, withData: false, (_, _) => { }, Cancellation);

    private Task<(SweepId, long, int)> Import(OpenedStore store) => SweepImport.Read(store, Archive, (_, _) => { }, Cancellation);

    private OpenedStore Store(string name) => new(DirectoryStore.Create(Path.Combine(_folder.Path, name), TimeProvider.System));

    private async Task<OpenedStore> Filled(string name)
    {
        var store = Store(name);
        await store.Artifacts.Put(new("sweeps/demo/trials/1/e1/model.onnx"), new MemoryStream("model"u8.ToArray()), Cancellation);
        await store.Artifacts.Put(new("sweeps/demo/trials/1/e1/plan.json"), new MemoryStream("plan"u8.ToArray()), Cancellation);
        await store.Artifacts.Put(new("sweeps/demo-2/other"), new MemoryStream("other"u8.ToArray()), Cancellation);
        await using var log = await store.Logs.Own(Sweep, Cancellation);
        foreach (var record in SampleRecords.OfEveryKind()) await log.Append([record], Cancellation);
        return store;
    }

    private static async Task<List<string>> Log(OpenedStore store)
    {
        List<string> entries = [];
        await foreach (var entry in store.Logs.Read(Sweep, 0, Cancellation)) entries.Add(SweepJson.Write(entry));
        return entries;
    }

    private static async Task<string> Text(OpenedStore store, string name)
    {
        var artifact = await store.Artifacts.Find(new(name), Cancellation);
        using StreamReader reader = new(await store.Artifacts.Open(artifact!, Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }
}
