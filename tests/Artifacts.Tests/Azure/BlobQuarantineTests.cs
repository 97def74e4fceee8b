using Azure.Storage.Blobs.Specialized;
using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests.Azure;

public sealed class BlobQuarantineTests(Azurite azurite)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_damaged_segment_is_named_and_kept_aside_with_all_after_it_and_the_log_goes_on_before_the_damage()
    {
        var container = await azurite.Container();
        AzureSweepLogStore store = new(container.Open(), new(SegmentRecords: 3));
        await using (var log = await store.Own(LogFolder.Sweep, Cancellation))
        {
            for (int note = 0; note < 7; note++) await log.Append([LogFolder.Note(note)], Cancellation);
            await log.Note(new(7, "seven"), Cancellation);
        }

        Assert.Null(await store.Quarantine(LogFolder.Sweep, Cancellation));
        string[] segments = [.. container.Client.GetBlobs(cancellationToken: Cancellation).Select(blob => blob.Name).Where(name => name.EndsWith(".log", StringComparison.Ordinal))];
        var damaged = container.Client.GetAppendBlobClient(segments[1]);
        byte[] bytes = damaged.DownloadContent(Cancellation).Value.Content.ToArray();
        bytes[bytes.Length / 2] ^= 1;
        damaged.Delete(cancellationToken: Cancellation);
        damaged.Create(cancellationToken: Cancellation);
        damaged.AppendBlock(new MemoryStream(bytes), cancellationToken: Cancellation);

        Assert.Equal([0, 1, 2, 3], await Notes(store, damage: true));
        var found = await store.Quarantine(LogFolder.Sweep, Cancellation);
        Assert.NotNull(found);
        Assert.Contains(segments[1], found.Damage, StringComparison.Ordinal);
        Assert.Null(await store.ReadNote(LogFolder.Sweep, Cancellation));
        Assert.Equal((4, $"{segments[1]}, {segments[2]}"), (found.Kept, found.Aside));
        Assert.Equal([0, 1, 2, 3], await Notes(store, damage: false));
        Assert.Equal(bytes, damaged.DownloadContent(Cancellation).Value.Content.ToArray());
        await using var again = await store.Own(LogFolder.Sweep, Cancellation);
        await again.Append([LogFolder.Note(100)], Cancellation);
        Assert.Equal([0, 1, 2, 3, 100], await Notes(store, damage: false));
    }

    /// <summary>The notes before the damage, or all of them.</summary>
    private static async Task<List<int>> Notes(AzureSweepLogStore store, bool damage)
    {
        List<int> notes = [];
        async Task Read()
        {
            await foreach (var entry in store.Read(LogFolder.Sweep, 0, Cancellation)) notes.Add(((SweepRecord.Leased)entry.Record).Trial.Number);
        }

        if (damage) await Assert.ThrowsAsync<LogCorruptException>(Read);
        else await Read();
        return notes;
    }
}
