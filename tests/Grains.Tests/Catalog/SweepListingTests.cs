using CsCheck;
using Distributed.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Grains.Tests;

public sealed class SweepListingTests(Cluster cluster) : IClassFixture<Cluster>
{
    private static readonly SweepId Demo = new("demo");
    private readonly MemorySweepLogStore _logs = new(new FakeTimeProvider(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));

    private static IReadOnlyList<SweepRecord> Records => SampleRecords.OfEveryKind();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_note_anywhere_and_the_records_behind_it_give_what_the_whole_log_gives() => await Gen.Int[1, Records.Count].SampleAsync(async count =>
    {
        MemorySweepLogStore logs = new(TimeProvider.System);
        await Write(logs, Records.Take(count), Records.Skip(count));
        SweepListing whole = new(Demo);
        await foreach (var entry in logs.Read(Demo, 0, Cancellation)) whole.Apply(entry);
        int before = logs.EntriesRead;

        var listing = await SweepListing.Read(logs, Demo, Cancellation);

        Assert.Equal((whole.Summary, whole.Next), (listing.Summary, listing.Next));
        Assert.Equal(count == Records.Count ? 0 : Records.Count - count + 1, logs.EntriesRead - before);
    });

    [Fact]
    public async Task It_tells_what_the_state_tells()
    {
        await Write(_logs, Records, []);
        SweepState state = new();
        await foreach (var entry in _logs.Read(Demo, 0, Cancellation)) state.Apply(entry);
        Assert.Equal(SweepSummaries.Of(Demo, state, state.Trials.Count(trial => trial.IsClosed && !trial.Id.IsDense)), (await SweepListing.Read(_logs, Demo, Cancellation)).Summary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"form":2}""")]
    [InlineData("""{"form":1,"summary":{"name":"other","status":"running"},"notifies":false,"tells":false,"last":""}""")]
    public async Task A_note_that_says_something_else_is_passed_over(string text)
    {
        await using (var log = await _logs.Own(Demo, Cancellation))
        {
            await log.Append(Records, Cancellation);
            await log.Note(new(Records.Count, text), Cancellation);
        }

        Assert.Equal(3, (await SweepListing.Read(_logs, Demo, Cancellation)).Summary?.Closed);
    }

    [Fact]
    public async Task A_note_of_another_log_is_passed_over()
    {
        await Write(_logs, Records, []);
        var noted = (await _logs.ReadNote(Demo, Cancellation))!.Note;
        MemorySweepLogStore other = new(TimeProvider.System);
        SweepRecord.Suggested[] more = [.. Enumerable.Range(0, 2).Select(i => new SweepRecord.Suggested(new(i), null, "other"))];
        await using (var log = await other.Own(Demo, Cancellation))
        {
            await log.Append([Records[0], .. Enumerable.Range(1, (int)noted.Next - 1).Select(i => new SweepRecord.Suggested(new(i), null, "other"))], Cancellation);
            await log.Note(noted, Cancellation);
            await log.Append(more, Cancellation);
        }

        var listing = await SweepListing.Read(other, Demo, Cancellation);
        Assert.Equal((SweepStatus.Running, 0), (listing.Summary!.Status, listing.Summary.Closed));
    }

    [Fact]
    public async Task A_new_catalogue_reads_no_record_of_sweeps_that_have_ended()
    {
        var sweep = await cluster.NewSweep().WithBaseline();
        await sweep.RunToEnd();
        var catalog = cluster.Grains.GetGrain<ICatalogGrain>(ICatalogGrain.Key);
        var known = Assert.Single(await catalog.List(), one => one.Name == sweep.Spec.Name);
        await sweep.Grain.Read(0, 1);
        await Cluster.Deactivate(catalog);
        int before = cluster.Logs.EntriesRead;

        var listed = Assert.Single(await catalog.List(), one => one.Name == sweep.Spec.Name);

        Assert.Equal(0, cluster.Logs.EntriesRead - before);
        Assert.Equal((SweepStatus.Finished, 6, known.Front), (listed.Status, listed.Closed, listed.Front));
    }

    /// <summary>Appends the first records, notes their line, then appends the others.</summary>
    private static async Task Write(MemorySweepLogStore logs, IEnumerable<SweepRecord> noted, IEnumerable<SweepRecord> others)
    {
        SweepListing listing = new(Demo);
        await using var log = await logs.Own(Demo, Cancellation);
        foreach (var entry in await log.Append([.. noted], Cancellation)) listing.Apply(entry);
        await log.Note(listing.ToNote(tells: false)!, Cancellation);
        await log.Append([.. others], Cancellation);
    }
}
