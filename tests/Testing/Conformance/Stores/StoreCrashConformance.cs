using System.Text;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <summary>
/// What every store must stand: its writer dies at any step. A backend's test class derives from this and says what a step is, as small as
/// it can be cut: a byte, a flush, a request that does not arrive, an answer that does not; there are no exemptions.
/// </summary>
public abstract class StoreCrashConformance
{
    private const int Trials = 3;
    private static readonly SweepId Sweep = new("demo");

    /// <summary>New empty data, and two ways to it: one whose every step from the given one on fails, and one for those who come after.</summary>
    protected abstract Task<Place> DyingAt(int step);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_step_a_commit_dies_at_what_was_acknowledged_is_whole_and_the_next_owner_goes_on()
    {
        for (int step = 0; ; step++)
        {
            var place = await DyingAt(step);
            int told = await Commit(place.Dying, 0, place);
            int found = await Whole(place.After);
            Assert.InRange(found, told, told + 1);
            Assert.Equal(Trials, await Commit(place.After, found, place));
            Assert.Equal(Trials, await Whole(place.After));
            if (place.HasDied()) continue;
            Assert.InRange(step, Trials, int.MaxValue);
            return;
        }
    }

    [Fact]
    public async Task Whatever_step_a_takeover_dies_at_the_owner_before_and_the_one_after_lose_nothing()
    {
        for (int step = 0; ; step++)
        {
            var place = await DyingAt(step);
            await using var older = await place.After.Logs.Own(Sweep, Cancellation);
            await Close(place.After, older, 0);
            int told = 1 + await Takes(place);
            if (!place.HasDied()) await Assert.ThrowsAsync<LogFencedException>(() => Close(place.After, older, told));
            else if (await Appends(place.After, older, told)) told++;
            int found = await Whole(place.After);
            Assert.InRange(found, told, told + 1);
            Assert.Equal(Trials, await Commit(place.After, found, place));
            await Assert.ThrowsAsync<LogFencedException>(() => Close(place.After, older, 99));
            Assert.Equal(Trials, await Whole(place.After));
            if (!place.HasDied()) return;
        }
    }

    /// <summary>Takes the log over and closes one trial on the dying way.</summary>
    /// <returns>How many it was told are recorded.</returns>
    private static async Task<int> Takes(Place place)
    {
        ISweepLog? log = null;
        try
        {
            log = await place.Dying.Logs.Own(Sweep, Cancellation);
            await Close(place.Dying, log, 1);
            return 1;
        }
        catch (Exception) when (place.HasDied())
        {
            return 0;
        }
        finally
        {
            await Leave(log, place);
        }
    }

    /// <summary>Closes the trials from one on, until the end or death.</summary>
    /// <returns>How many trials the log holds as far as it was told.</returns>
    private static async Task<int> Commit(Stores stores, int from, Place place)
    {
        ISweepLog? log = null;
        int told = from;
        try
        {
            log = await stores.Logs.Own(Sweep, Cancellation);
            for (; told < Trials; told++) await Close(stores, log, told);
        }
        catch (Exception) when (place.HasDied() && stores == place.Dying)
        {
            // As it was meant.
        }
        finally
        {
            await Leave(log, place);
        }

        return told;
    }

    private static async Task Leave(ISweepLog? log, Place place)
    {
        try
        {
            if (log is not null) await log.DisposeAsync();
        }
        catch (Exception) when (place.HasDied())
        {
            // A process that dies leaves without a word.
        }
    }

    /// <summary>A commit: first the file, then two records in one append.</summary>
    private static async Task Close(Stores stores, ISweepLog log, int trial)
    {
        await stores.Artifacts.Put(Model(trial), Content(trial), Cancellation);
        await log.Append([Note(2 * trial), Note((2 * trial) + 1)], Cancellation);
    }

    private static async Task<bool> Appends(Stores stores, ISweepLog log, int trial)
    {
        try
        {
            await Close(stores, log, trial);
            return true;
        }
        catch (LogFencedException)
        {
            return false;
        }
    }

    /// <returns>How many trials the log holds; every one whole, each once, its file intact.</returns>
    private static async Task<int> Whole(Stores stores)
    {
        List<int> notes = [];
        await foreach (var entry in stores.Logs.Read(Sweep, 0, Cancellation)) notes.Add(((SweepRecord.Leased)entry.Record).Trial.Number);
        Assert.Equal(Enumerable.Range(0, notes.Count), notes);
        Assert.Equal(0, notes.Count % 2);
        for (int trial = 0; trial < notes.Count / 2; trial++)
        {
            var artifact = await stores.Artifacts.Find(Model(trial), Cancellation);
            Assert.NotNull(artifact);
            await using var stream = await stores.Artifacts.Open(artifact, Cancellation);
            using StreamReader reader = new(stream);
            Assert.Equal(Invariant($"model of trial {trial}"), await reader.ReadToEndAsync(Cancellation));
        }

        return notes.Count / 2;
    }

    private static SweepRecord.Leased Note(int number) => new(new(number), 1, "host/0");

    private static ArtifactName Model(int trial) => new(Invariant($"sweeps/{Sweep}/trials/{trial}/e1/model.onnx"));

    private static MemoryStream Content(int trial) => new(Encoding.UTF8.GetBytes(Invariant($"model of trial {trial}")));

    /// <summary>A store's two halves.</summary>
    /// <param name="Artifacts">Its artifacts.</param>
    /// <param name="Logs">Its logs.</param>
    protected sealed record Stores(IArtifactStore Artifacts, ISweepLogStore Logs);

    /// <summary>Data, and the ways to it.</summary>
    /// <param name="Dying">Fails from a step on.</param>
    /// <param name="After">Never fails.</param>
    /// <param name="HasDied">Whether the step was reached.</param>
    protected sealed record Place(Stores Dying, Stores After, Func<bool> HasDied);
}
