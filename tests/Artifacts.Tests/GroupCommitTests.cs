using Distributed.Sweeps;
using Microsoft.Win32.SafeHandles;

namespace Distributed.Artifacts.Tests;

public sealed class GroupCommitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Appends_that_come_while_the_disk_is_busy_share_one_flush()
    {
        using var disk = new BusyDisk();
        using var folder = new LogFolder(disk: disk);
        await using var log = await folder.Store.Own(LogFolder.Sweep, Cancellation);
        await log.Append([LogFolder.Note(0)], Cancellation);
        int before = disk.Flushes;

        disk.Hold();
        var first = log.Append([LogFolder.Note(1)], Cancellation);
        await disk.IsFlushing;
        var others = Enumerable.Range(2, 100).Select(i => log.Append([LogFolder.Note(i)], Cancellation)).ToArray();
        Assert.False(first.IsCompleted);
        Assert.DoesNotContain(others, append => append.IsCompleted);
        disk.Release();
        await first;
        await Task.WhenAll(others);

        Assert.Equal(2, disk.Flushes - before);
        Assert.Equal(Enumerable.Range(0, 102), await folder.Notes());
    }

    [Fact]
    public async Task An_append_under_way_ends_before_the_log_changes_hands()
    {
        using var disk = new BusyDisk();
        using var folder = new LogFolder(disk: disk);
        var store = folder.Store;
        await using var older = await store.Own(LogFolder.Sweep, Cancellation);
        await older.Append([LogFolder.Note(0)], Cancellation);

        disk.Hold();
        var underWay = older.Append([LogFolder.Note(1)], Cancellation);
        await disk.IsFlushing;
        var takeover = store.Own(LogFolder.Sweep, Cancellation);
        await Assert.ThrowsAsync<LogFencedException>(() => older.Append([LogFolder.Note(99)], Cancellation));
        Assert.False(takeover.IsCompleted);
        disk.Release();
        await underWay;

        await using var newer = await takeover;
        Assert.Equal(2, newer.Next);
        Assert.Equal([0, 1], await folder.Notes());
    }

    /// <summary>A disk whose next flush can be held up, and which counts them.</summary>
    private sealed class BusyDisk : Disk, IDisposable
    {
        private readonly ManualResetEventSlim _free = new(true);
        private TaskCompletionSource _flushing = new();

        public int Flushes { get; private set; }

        public Task IsFlushing => _flushing.Task;

        public void Hold()
        {
            _flushing = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _free.Reset();
        }

        public void Release() => _free.Set();

        public override void Flush(SafeFileHandle file)
        {
            Flushes++;
            _flushing.TrySetResult();
            _free.Wait(CancellationToken.None);
            base.Flush(file);
        }

        public void Dispose() => _free.Dispose();
    }
}
