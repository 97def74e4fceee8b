using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

/// <summary>The shared contract once more, with segments so small that every test crosses some.</summary>
public sealed class LogSegmentsConformanceTests : SweepLogStoreConformance, IDisposable
{
    private readonly LogFolder _folder = new(new LogLimits(SegmentRecords: 4, BatchBytes: 300));

    public void Dispose() => _folder.Dispose();

    protected override ISweepLogStore Create() => _folder.Store;

    protected override ISweepLogStore Reopen(ISweepLogStore store) => _folder.Store;
}

public sealed class LogSegmentsTests : IDisposable
{
    private readonly LogFolder _folder = new(new LogLimits(SegmentRecords: 3));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_segment_is_followed_by_one_named_after_its_first_record()
    {
        await _folder.Append([0], [1], [2], [3], [4, 5], [6, 7, 8, 9], [10]);
        Assert.Equal(
            ["00000000000000000000.log", "00000000000000000003.log", "00000000000000000006.log", "00000000000000000010.log"],
            _folder.Segments.Select(Path.GetFileName));
        Assert.Equal(Enumerable.Range(0, 11), await _folder.Notes());
        for (int from = 0; from < 12; from++) Assert.Equal(Enumerable.Range(0, 11).Skip(from), await _folder.Notes(from));
    }

    [Fact]
    public async Task A_missing_segment_is_found()
    {
        await _folder.Append([0, 1, 2], [3, 4, 5], [6]);
        File.Delete(_folder.Segments[1]);
        await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Append([100]));
        await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Notes());
    }

    [Fact]
    public async Task A_missing_first_segment_is_found()
    {
        await _folder.Append([0, 1, 2], [3, 4, 5]);
        File.Delete(_folder.Segments[0]);
        await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Append([100]));
        await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Notes());
    }

    [Fact]
    public async Task A_segment_that_is_not_the_last_may_not_be_cut()
    {
        await _folder.Append([0, 1, 2], [3]);
        byte[] bytes = await File.ReadAllBytesAsync(_folder.Segments[0], TestContext.Current.CancellationToken);
        for (int length = 0; length < bytes.Length; length++)
        {
            await File.WriteAllBytesAsync(_folder.Segments[0], bytes[..length], TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Append([100]));
            await Assert.ThrowsAsync<LogCorruptException>(() => _folder.Notes());
        }
    }

    [Fact]
    public async Task A_crash_while_a_segment_is_begun_loses_nothing()
    {
        for (int length = 0; length <= SegmentHead.Length; length++)
        {
            using var folder = new LogFolder(new LogLimits(SegmentRecords: 3));
            await folder.Append([0, 1, 2]);
            await File.WriteAllBytesAsync(
                DirectoryLayout.Segment(folder.Log, 3), SegmentHead.Of(3)[..length], TestContext.Current.CancellationToken);
            Assert.Equal([0, 1, 2], await folder.Notes());
            await folder.Append([3]);
            Assert.Equal([0, 1, 2, 3], await folder.Notes());
        }
    }

    [Fact]
    public async Task A_full_disk_while_a_segment_is_begun_loses_nothing()
    {
        for (int room = 0; room <= SegmentHead.Length; room++)
        {
            var disk = new FullDisk(long.MaxValue);
            using var folder = new LogFolder(new LogLimits(SegmentRecords: 1), disk);
            await using var log = await folder.Store.Own(LogFolder.Sweep, TestContext.Current.CancellationToken);
            await log.Append([LogFolder.Note(0)], TestContext.Current.CancellationToken);
            disk.Room = room;
            await Assert.ThrowsAsync<StoreFullException>(() => log.Append([LogFolder.Note(1)], TestContext.Current.CancellationToken));
            disk.Room = long.MaxValue;
            await log.Append([LogFolder.Note(2)], TestContext.Current.CancellationToken);
            Assert.Equal([0, 2], await folder.Notes());
        }
    }
}
