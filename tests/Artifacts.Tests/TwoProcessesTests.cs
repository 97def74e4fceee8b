using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

public sealed class TwoProcessesTests : IDisposable
{
    private readonly LogFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_store_locked_by_another_process_is_refused_by_name_and_free_once_that_is_killed()
    {
        using var other = OtherProcess.Start("lock", _folder.Layout.Root);
        Assert.Equal("ready", await other.Hear());
        var store = DirectoryStore.Create(_folder.Layout.Root, TimeProvider.System);
        var error = Assert.Throws<InvalidInputException>(() => store.Lock());
        Assert.Contains(Invariant($"process {other.Id} on "), error.Message, StringComparison.Ordinal);
        other.Kill();
        store.Lock().Dispose();
    }

    [Fact]
    public async Task A_log_owned_by_another_process_is_refused_by_name_and_free_once_that_is_killed()
    {
        using var other = OtherProcess.Start("own", _folder.Layout.Root);
        Assert.Equal("ready", await other.Hear());
        var error = await Assert.ThrowsAsync<InvalidInputException>(() => _folder.Append([0]));
        Assert.Contains("sweep 'demo' is being run by process", error.Message, StringComparison.Ordinal);
        Assert.Contains(Invariant($"process {other.Id} on "), error.Message, StringComparison.Ordinal);
        Assert.Empty(await _folder.Notes());
        other.Kill();
        await _folder.Append([0]);
        Assert.Equal([0], await _folder.Notes());
    }

    [Fact]
    public async Task What_a_killed_process_was_told_is_written_is_there_and_whole()
    {
        using var other = OtherProcess.Start("append", _folder.Layout.Root);
        Assert.Equal("ready", await other.Hear());
        int told = -1;
        while (told < 101)
        {
            told = int.Parse(await other.Hear() ?? throw new InvalidOperationException("It ended by itself."));
            if (told % 20 != 1) continue;
            var seen = await _folder.Notes();
            Assert.True(seen.Count > told, Invariant($"{seen.Count} records seen, {told + 1} told"));
            Assert.Equal(Enumerable.Range(0, seen.Count), seen);
            Assert.Equal(0, seen.Count % 2);
        }

        other.Kill();
        await using var log = await _folder.Store.Own(LogFolder.Sweep, Cancellation);
        Assert.True(log.Next > told);
        Assert.Equal(Enumerable.Range(0, (int)log.Next), await _folder.Notes());
    }
}
