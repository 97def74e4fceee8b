using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class FullDiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_append_without_space_leaves_nothing_and_the_next_one_goes_on()
    {
        var disk = new FullDisk(long.MaxValue);
        using var folder = new LogFolder(disk: disk);
        await using var log = await folder.Store.Own(LogFolder.Sweep, Cancellation);
        await log.Append([LogFolder.Note(0)], Cancellation);
        long length = new FileInfo(folder.Segments[0]).Length;
        for (int room = 0; room < 150; room += 7)
        {
            disk.Room = room;
            var error = await Assert.ThrowsAsync<StoreFullException>(() => log.Append([LogFolder.Note(98), LogFolder.Note(99)], Cancellation));
            Assert.Contains("no space left", error.Message, StringComparison.Ordinal);
            Assert.Contains(folder.Layout.Root, error.Message, StringComparison.Ordinal);
            Assert.Equal(length, new FileInfo(folder.Segments[0]).Length);
            Assert.Equal(1, log.Next);
        }

        disk.Room = long.MaxValue;
        await log.Append([LogFolder.Note(1)], Cancellation);
        Assert.Equal([0, 1], await folder.Notes());
    }

    [Fact]
    public async Task Appends_called_before_the_failure_was_told_fail_too()
    {
        var disk = new FullDisk(0);
        using var folder = new LogFolder(disk: disk);
        await using var log = await folder.Store.Own(LogFolder.Sweep, Cancellation);
        var appends = Enumerable.Range(0, 50).Select(i => log.Append([LogFolder.Note(i)], Cancellation)).ToArray();
        foreach (var append in appends) await Assert.ThrowsAsync<StoreFullException>(() => append);
        Assert.Equal(0, log.Next);
    }

    [Fact]
    public async Task After_a_failed_flush_the_log_takes_nothing_until_it_is_opened_anew()
    {
        var disk = new FullDisk(long.MaxValue);
        using var folder = new LogFolder(disk: disk);
        await using (var log = await folder.Store.Own(LogFolder.Sweep, Cancellation))
        {
            await log.Append([LogFolder.Note(0)], Cancellation);
            disk.IsBroken = true;
            await Assert.ThrowsAsync<IOException>(() => log.Append([LogFolder.Note(1)], Cancellation));
            disk.IsBroken = false;
            await Assert.ThrowsAsync<IOException>(() => log.Append([LogFolder.Note(2)], Cancellation));
        }

        await folder.Append([3]);
        var notes = await folder.Notes();
        Assert.Equal((0, 3), (notes[0], notes[^1]));
        Assert.DoesNotContain(2, notes);
    }

    [Fact]
    public async Task An_artifact_without_space_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        var disk = new FullDisk(1_000_000);
        var store = new DirectoryArtifactStore(new(folder.Path), disk);
        ArtifactName name = new("sweeps/demo/big.bin");
        var error = await Assert.ThrowsAsync<StoreFullException>(() => store.Put(name, new MemoryStream(new byte[2_000_000]), Cancellation));
        Assert.Contains("no space left", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories));
        disk.Room = long.MaxValue;
        await store.Put(name, new MemoryStream(new byte[2_000_000]), Cancellation);
    }
}
