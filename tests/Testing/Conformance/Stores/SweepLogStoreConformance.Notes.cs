using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

// What is noted beside a log.
public abstract partial class SweepLogStoreConformance
{
    [Fact]
    public async Task What_is_noted_beside_a_log_is_current_until_something_is_appended()
    {
        var store = Create();
        Assert.Null(await store.ReadNote(Sweep, Cancellation));
        await using var log = await store.Own(Sweep, Cancellation);
        await log.Note(new(0, "nothing"), Cancellation);
        Assert.Null(await store.ReadNote(Sweep, Cancellation));
        await log.Append([Note(0), Note(1)], Cancellation);
        Assert.Null(await store.ReadNote(Sweep, Cancellation));
        await log.Note(new(2, "zwei – 魚\n"), Cancellation);
        Assert.Equal(new NotedLog(new(2, "zwei – 魚\n"), true), await Reopen(store).ReadNote(Sweep, Cancellation));
        await log.Append([], Cancellation);
        Assert.True((await store.ReadNote(Sweep, Cancellation))?.IsCurrent);
        await log.Append([Note(2)], Cancellation);
        Assert.Equal(new NotedLog(new(2, "zwei – 魚\n"), false), await Reopen(store).ReadNote(Sweep, Cancellation));
        await log.Note(new(3, "three"), Cancellation);
        Assert.Equal(new NotedLog(new(3, "three"), true), await store.ReadNote(Sweep, Cancellation));
        Assert.Equal([0, 1, 2], await Notes(store));
        Assert.Equal([Sweep], await store.List(Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task What_is_noted_of_another_end_than_the_logs_is_left_out(long next)
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        await log.Append([Note(0), Note(1)], Cancellation);
        await log.Note(new(2, "two"), Cancellation);
        await log.Note(new(next, "other"), Cancellation);
        Assert.Equal(new NotedLog(new(2, "two"), true), await store.ReadNote(Sweep, Cancellation));
    }

    [Fact]
    public async Task A_note_of_an_owner_that_was_taken_over_from_is_never_current()
    {
        var store = Create();
        await using var older = await store.Own(Sweep, Cancellation);
        await older.Append([Note(0)], Cancellation);
        await using var newer = await Reopen(store).Own(Sweep, Cancellation);
        await newer.Append([Note(1)], Cancellation);
        await newer.Note(new(2, "newer"), Cancellation);
        try
        {
            await older.Note(new(1, "older"), Cancellation);
        }
        catch (LogFencedException)
        {
            // It knows.
        }

        var noted = await store.ReadNote(Sweep, Cancellation);
        Assert.True(noted == new NotedLog(new(2, "newer"), true) || noted == new NotedLog(new(1, "older"), false), $"{noted}");
        await Assert.ThrowsAsync<LogFencedException>(() => older.Append([Note(9)], Cancellation));
        await Assert.ThrowsAsync<LogFencedException>(() => older.Note(new(1, "older"), Cancellation));
    }

    [Fact]
    public async Task A_note_goes_with_its_log()
    {
        var store = Create();
        await using (var log = await store.Own(Sweep, Cancellation))
        {
            await log.Append([Note(0)], Cancellation);
            await log.Note(new(1, "one"), Cancellation);
        }

        await store.Delete(Sweep, Cancellation);
        Assert.Null(await Reopen(store).ReadNote(Sweep, Cancellation));
        await using var anew = await store.Own(Sweep, Cancellation);
        await anew.Append([Note(5)], Cancellation);
        Assert.Null(await store.ReadNote(Sweep, Cancellation));
    }

    [Fact]
    public async Task Notes_beside_appends_are_never_current_at_another_end_than_theirs()
    {
        var store = Create();
        await using var log = await store.Own(Sweep, Cancellation);
        await log.Append([Note(0)], Cancellation);
        var noting = Task.Run(async () =>
        {
            for (int i = 0; i < 40; i++) await log.Note(new(log.Next, "some"), Cancellation);
        }, Cancellation);
        for (int i = 1; i < 40; i++) await log.Append([Note(i)], Cancellation);
        await noting;
        if (await store.ReadNote(Sweep, Cancellation) is { IsCurrent: true } noted) Assert.Equal(40, noted.Note.Next);
        Assert.Equal(Enumerable.Range(0, 40), await Notes(store));
    }
}
