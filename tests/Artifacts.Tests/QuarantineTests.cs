using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class QuarantineTests : IDisposable
{
    private readonly LogFolder _folder = new(new LogLimits(SegmentRecords: 3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_log_that_is_whole_is_left_alone()
    {
        await _folder.Append([0, 1, 2], [3]);
        Assert.Null(await _folder.Store.Quarantine(LogFolder.Sweep, Cancellation));
        Assert.Null(await _folder.Store.Quarantine(new("missing"), Cancellation));
        Assert.Equal([0, 1, 2, 3], await _folder.Notes());
    }

    [Fact]
    public async Task The_damaged_segment_is_named_and_kept_aside_with_all_after_it_and_the_log_goes_on_before_the_damage()
    {
        await _folder.Append([0], [1], [2], [3], [4], [5], [6]);
        string damagedFile = _folder.Segments[1];
        byte[] damaged = await File.ReadAllBytesAsync(damagedFile, Cancellation);
        damaged[damaged.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(damagedFile, damaged, Cancellation);

        var found = await _folder.Store.Quarantine(LogFolder.Sweep, Cancellation);
        Assert.NotNull(found);
        Assert.Contains(damagedFile, found.Damage, StringComparison.Ordinal);
        Assert.Equal(4, found.Kept);
        Assert.Equal([0, 1, 2, 3], await _folder.Notes());
        Assert.Equal(damaged, await File.ReadAllBytesAsync(Path.Combine(found.Aside, Path.GetFileName(damagedFile)), Cancellation));
        Assert.Equal(2, Directory.EnumerateFiles(found.Aside).Count());
        await _folder.Append([100]);
        Assert.Equal([0, 1, 2, 3, 100], await _folder.Notes());
        Assert.Equal([LogFolder.Sweep], await _folder.Store.List(Cancellation));
    }

    [Fact]
    public async Task What_was_noted_of_a_log_does_not_outlive_what_is_set_aside()
    {
        await _folder.Append([0], [1], [2], [3]);
        await using (var log = await _folder.Store.Own(LogFolder.Sweep, Cancellation)) await log.Note(new(4, "four"), Cancellation);
        string last = LogSegment.In(_folder.Log)[^1].Path;
        await File.WriteAllBytesAsync(last, [.. await File.ReadAllBytesAsync(last, Cancellation), 1, .. await File.ReadAllBytesAsync(last, Cancellation)], Cancellation);
        Assert.Equal(4, (await _folder.Store.Quarantine(LogFolder.Sweep, Cancellation))?.Kept);
        Assert.Null(await _folder.Store.ReadNote(LogFolder.Sweep, Cancellation));
    }

    [Fact]
    public async Task What_follows_a_missing_segment_is_set_aside()
    {
        await _folder.Append([0, 1, 2], [3, 4, 5], [6]);
        File.Delete(_folder.Segments[1]);
        Assert.Equal(3, (await _folder.Store.Quarantine(LogFolder.Sweep, Cancellation))?.Kept);
        Assert.Equal([0, 1, 2], await _folder.Notes());
    }

    [Fact]
    public async Task A_log_that_somebody_writes_is_not_touched()
    {
        await using var log = await _folder.Store.Own(LogFolder.Sweep, Cancellation);
        await log.Append([LogFolder.Note(0)], Cancellation);
        await Assert.ThrowsAsync<InvalidInputException>(() => _folder.Store.Quarantine(LogFolder.Sweep, Cancellation));
    }
}
