using System.Collections.Concurrent;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

// Who may append: the owner that came last, and nobody else.
public abstract partial class SweepLogStoreConformance
{
    [Fact]
    public async Task An_append_of_nothing_tells_a_fenced_owner_from_one_that_owns()
    {
        var store = Create();
        await using var older = await store.Own(Sweep, Cancellation);
        await older.Append([Note(0)], Cancellation);
        Assert.Empty(await older.Append([], Cancellation));
        await using var newer = await Reopen(store).Own(Sweep, Cancellation);
        await Assert.ThrowsAsync<LogFencedException>(() => older.Append([], Cancellation));
        Assert.Empty(await newer.Append([], Cancellation));
        Assert.Equal(1, newer.Next);
    }

    [Fact]
    public async Task A_newer_owner_fences_the_older_one()
    {
        var store = Create();
        await using var older = await store.Own(Sweep, Cancellation);
        await older.Append([Note(0)], Cancellation);
        await using var newer = await Reopen(store).Own(Sweep, Cancellation);
        await Assert.ThrowsAsync<LogFencedException>(() => older.Append([Note(99)], Cancellation));
        await newer.Append([Note(1)], Cancellation);
        await Assert.ThrowsAsync<LogFencedException>(() => older.Append([Note(99)], Cancellation));
        Assert.Equal([0, 1], await Notes(store));
    }

    [Fact]
    public async Task A_fenced_owner_that_leaves_does_not_disturb_the_newer_one()
    {
        var store = Create();
        var older = await store.Own(Sweep, Cancellation);
        await using var newer = await store.Own(Sweep, Cancellation);
        await older.DisposeAsync();
        await newer.Append([Note(0)], Cancellation);
        Assert.Equal([0], await Notes(store));
    }

    [Fact]
    public async Task Of_owners_that_come_at_the_same_time_only_the_last_can_append()
    {
        var store = Create();
        var owners = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => store.Own(Sweep, Cancellation))));
        int appended = 0;
        for (int i = 0; i < owners.Length; i++)
        {
            try
            {
                await owners[i].Append([Note(i)], Cancellation);
                appended++;
            }
            catch (LogFencedException)
            {
                // As it should be for all but one.
            }
        }

        Assert.Equal(1, appended);
        Assert.Single(await Notes(store));
        foreach (var owner in owners) await owner.DisposeAsync();
    }

    [Fact]
    public async Task A_race_of_twenty_writers_has_one_winner_and_loses_nothing_that_was_acknowledged()
    {
        var store = Create();
        var acknowledged = new ConcurrentBag<int>();
        var owners = await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(async () =>
        {
            var log = await Reopen(store).Own(Sweep, Cancellation);
            for (int i = 0; i < 5 && await Appended(log, (100 * writer) + i, acknowledged); i++)
            {
            }

            return log;
        })));
        int winners = 0;
        for (int writer = 0; writer < owners.Length; writer++)
            winners += await Appended(owners[writer], 10_000 + writer, acknowledged) ? 1 : 0;
        Assert.Equal(1, winners);
        Assert.Equal(acknowledged.Order(), (await Notes(store)).Order());
        foreach (var owner in owners) await owner.DisposeAsync();
    }

    private static async Task<bool> Appended(ISweepLog log, int note, ConcurrentBag<int> acknowledged)
    {
        try
        {
            await log.Append([Note(note)], Cancellation);
            acknowledged.Add(note);
            return true;
        }
        catch (LogFencedException)
        {
            return false;
        }
    }
}
