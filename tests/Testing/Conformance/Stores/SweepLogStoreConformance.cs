using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <summary>What every sweep log store must do. A backend's test class derives from this and says how to make one; there are no exemptions.</summary>
public abstract partial class SweepLogStoreConformance
{
    private static readonly SweepId Sweep = new("demo");

    /// <summary>An empty store.</summary>
    protected abstract ISweepLogStore Create();

    /// <summary>The same store, opened anew by the same process.</summary>
    protected abstract ISweepLogStore Reopen(ISweepLogStore store);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sweep_without_a_log_reads_as_empty()
    {
        var store = Create();
        Assert.Empty(await Read(store, Sweep));
        Assert.Empty(await store.List(Cancellation));
        await store.Delete(Sweep, Cancellation);
    }

    [Fact]
    public async Task Every_kind_of_record_is_read_back()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        var records = SampleRecords.OfEveryKind();
        var written = await log.Append(records, Cancellation);
        Assert.Equal(Enumerable.Range(0, records.Count).Select(i => (long)i), written.Select(entry => entry.Position));
        Assert.Equal(records.Count, log.Next);
        Assert.Equal(written.Select(SweepJson.Write), (await Read(Reopen(store), Sweep)).Select(SweepJson.Write));
    }

    [Fact]
    public async Task A_new_owner_goes_on_where_the_last_one_ended()
    {
        var store = Create();
        await using (var first = await store.Own(Sweep, Cancellation)) await first.Append([Note(0), Note(1)], Cancellation);
        await using var second = await Reopen(store).Own(Sweep, Cancellation);
        Assert.Equal(2, second.Next);
        Assert.Equal(2, Assert.Single(await second.Append([Note(2)], Cancellation)).Position);
        Assert.Equal([0, 1, 2], await Notes(store));
    }

    [Fact]
    public async Task Reading_starts_where_it_is_asked_to()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        for (int i = 0; i < 10; i++) await log.Append([Note(i)], Cancellation);
        for (int from = 0; from <= 11; from++) Assert.Equal(Enumerable.Range(0, 10).Skip(from), await Notes(store, from));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Read(store, Sweep, -1));
    }

    [Fact]
    public async Task Appends_from_many_tasks_are_all_written_once_and_in_the_order_of_each_task()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            for (int i = 0; i < 25; i++) await log.Append([Note((task * 1000) + i)], Cancellation);
        })));
        var notes = await Notes(Reopen(store));
        Assert.Equal(200, notes.Count);
        for (int task = 0; task < 8; task++)
            Assert.Equal(Enumerable.Range(task * 1000, 25), notes.Where(note => note / 1000 == task));
    }

    [Fact]
    public async Task Appends_that_do_not_wait_for_each_other_are_written_in_the_order_of_the_calls()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        var appends = Enumerable.Range(0, 200).Select(i => log.Append([Note(i)], Cancellation)).ToArray();
        Assert.Equal(200, log.Next);
        var entries = await Task.WhenAll(appends);
        Assert.Equal(Enumerable.Range(0, 200).Select(i => (long)i), entries.Select(entry => entry.Single().Position));
        Assert.Equal(Enumerable.Range(0, 200), await Notes(store));
    }

    [Fact]
    public async Task Records_of_one_append_stay_together()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => log.Append([Note(3 * i), Note((3 * i) + 1), Note((3 * i) + 2)], Cancellation))));
        var notes = await Notes(store);
        for (int i = 0; i < notes.Count; i += 3) Assert.Equal([notes[i], notes[i] + 1, notes[i] + 2], notes.Skip(i).Take(3));
    }

    [Fact]
    public async Task Appending_nothing_writes_nothing()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        Assert.Empty(await log.Append([], Cancellation));
        Assert.Equal(0, log.Next);
        Assert.Empty(await store.List(Cancellation));
    }

    [Fact]
    public async Task A_cancelled_append_writes_nothing()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => log.Append([Note(0)], new CancellationToken(canceled: true)));
        Assert.Equal(0, log.Next);
        Assert.Empty(await Notes(store));
    }

    [Fact]
    public async Task An_owner_that_has_left_can_append_nothing()
    {
        var store = Create();
        var log = await store.Own(Sweep, Cancellation);
        await log.DisposeAsync();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.Append([Note(0)], Cancellation));
    }

    [Fact]
    public async Task Sweeps_are_listed_in_ordinal_order_from_their_first_record_on()
    {
        var store = Create();
        foreach (string name in new[] { "b", "a-1", "a", "a_1" })
        {
            await using var log = await store.Own(new(name), Cancellation);
            await log.Append([Note(0)], Cancellation);
        }

        await using var empty = await store.Own(new("empty"), Cancellation);
        Assert.Equal(["a", "a-1", "a_1", "b"], (await Reopen(store).List(Cancellation)).Select(sweep => sweep.Value));
    }

    [Fact]
    public async Task A_log_is_deleted_only_while_nobody_owns_it()
    {
        var store = Create();
        await using (var log = await store.Own(Sweep, Cancellation))
        {
            await log.Append([Note(0)], Cancellation);
            await Assert.ThrowsAsync<InvalidInputException>(() => store.Delete(Sweep, Cancellation));
            await log.Append([Note(1)], Cancellation);
        }

        await Reopen(store).Delete(Sweep, Cancellation);
        Assert.Empty(await Notes(store));
        Assert.Empty(await store.List(Cancellation));
        await using var anew = await store.Own(Sweep, Cancellation);
        Assert.Equal(0, anew.Next);
    }

    [Fact]
    public async Task A_reader_beside_a_writer_sees_whole_appends_only_and_never_less_than_before()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        var writing = Task.Run(async () =>
        {
            for (int i = 0; i < 60; i++) await log.Append([Note(2 * i), Note((2 * i) + 1)], Cancellation);
        }, Cancellation);
        int seen = 0;
        while (seen < 120)
        {
            var notes = await Notes(store);
            Assert.True(notes.Count >= seen, Invariant($"{notes.Count} records after {seen}"));
            Assert.Equal(0, notes.Count % 2);
            Assert.Equal(Enumerable.Range(0, notes.Count), notes);
            if (writing.IsFaulted) await writing;
            seen = notes.Count;
        }

        await writing;
    }

    /// <summary>A small record that carries a number.</summary>
    protected static SweepRecord Note(int number) => new SweepRecord.Leased(new(number), 1, "host/0");

    /// <summary>The numbers of <see cref="Note"/>s in a log.</summary>
    protected static async Task<List<int>> Notes(ISweepLogStore store, long from = 0) =>
        [.. (await Read(store, Sweep, from)).Select(entry => ((SweepRecord.Leased)entry.Record).Trial.Number)];

    /// <summary>All entries of a log.</summary>
    protected static async Task<List<LogEntry>> Read(ISweepLogStore store, SweepId sweep, long from = 0)
    {
        var entries = new List<LogEntry>();
        await foreach (var entry in store.Read(sweep, from, Cancellation)) entries.Add(entry);
        for (int i = 0; i < entries.Count; i++) Assert.Equal(from + i, entries[i].Position);
        return entries;
    }
}
