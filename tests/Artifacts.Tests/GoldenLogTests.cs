using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Artifacts.Tests;

/// <summary>Logs as earlier versions wrote them. They must be readable for ever.</summary>
/// <remarks>Golden/v1.log to v4.log are never written anew: a new version of the format, or a new kind of record, gets a file of its own.</remarks>
public sealed class GoldenLogTests
{
    private static string Golden => Path.Combine(AppContext.BaseDirectory, "Golden", "v1.log");

    [Fact]
    public async Task A_log_of_version_1_is_read_with_every_kind_of_record()
    {
        using var folder = new LogFolder();
        folder.Replace(await File.ReadAllBytesAsync(Golden, TestContext.Current.CancellationToken));
        var entries = await Read(folder);
        Assert.Equal(SampleRecords.OfEveryKind().Select(SweepJson.Write), entries.Select(entry => SweepJson.Write(entry.Record)));
        Assert.Equal(Enumerable.Range(0, entries.Count).Select(i => (long)i), entries.Select(entry => entry.Position));
        Assert.All(entries, entry => Assert.Equal(new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), entry.Time));
    }

    [Fact]
    public async Task A_log_of_version_2_is_read_with_what_it_added()
    {
        using var folder = new LogFolder();
        folder.Replace(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "v2.log"), TestContext.Current.CancellationToken));
        Assert.Equal(SampleRecords.OfVersion2().Select(SweepJson.Write), (await Read(folder)).Select(entry => SweepJson.Write(entry.Record)));
    }

    [Fact]
    public async Task A_log_of_version_3_is_read_with_what_it_added()
    {
        using var folder = new LogFolder();
        folder.Replace(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "v3.log"), TestContext.Current.CancellationToken));
        Assert.Equal(SampleRecords.OfVersion3().Select(SweepJson.Write), (await Read(folder)).Select(entry => SweepJson.Write(entry.Record)));
    }

    [Fact]
    public async Task A_log_of_version_4_is_read_with_what_it_added()
    {
        using var folder = new LogFolder();
        folder.Replace(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "v4.log"), TestContext.Current.CancellationToken));
        var entries = await Read(folder);
        Assert.Equal(SampleRecords.OfVersion4().Select(SweepJson.Write), entries.Select(entry => SweepJson.Write(entry.Record)));
        SweepState state = new();
        foreach (var entry in entries) state.Apply(entry);
        Assert.Equal((4, 2, 0.5), (state.Weight, state.Priority, state.Hypervolume));
        Assert.Equal([new TrialId(2), TrialId.Dense], state.Front);
    }

    [Fact]
    public void Every_kind_of_record_and_outcome_is_in_the_sample()
    {
        IReadOnlyList<SweepRecord> records = [.. SampleRecords.OfEveryKind(), .. SampleRecords.OfVersion2(), .. SampleRecords.OfVersion3(), .. SampleRecords.OfVersion4()];
        Assert.Equal(Kinds<SweepRecord>(), records.Select(record => record.GetType()).ToHashSet());
        Assert.Equal(Kinds<TrialOutcome>(), records.OfType<SweepRecord.TrialClosed>().Select(record => record.Outcome.GetType()).ToHashSet());
    }

    [Fact]
    public async Task It_folds_to_the_sweep_that_it_tells_of()
    {
        using var folder = new LogFolder();
        folder.Replace(await File.ReadAllBytesAsync(Golden, TestContext.Current.CancellationToken));
        var state = new SweepState();
        foreach (var entry in await Read(folder)) state.Apply(entry);
        Assert.Equal(new SweepId("demo"), state.Spec?.Name);
        Assert.Equal(SweepStatus.Finished, state.Status);
        Assert.Equal(
            [TrialStatus.Completed, TrialStatus.Completed, TrialStatus.Stopped, TrialStatus.Failed], state.Trials.Select(trial => trial.Status));
        Assert.Equal(3, state.Trials[1].Attempts.Count);
        Assert.Equal([new TrialId(1), TrialId.Dense], state.Front);
    }

    [Fact]
    public async Task It_can_be_owned_and_continued()
    {
        using var folder = new LogFolder();
        folder.Replace(await File.ReadAllBytesAsync(Golden, TestContext.Current.CancellationToken));
        int count = (await Read(folder)).Count;
        await folder.Append([1000]);
        Assert.Equal(count + 1, (await Read(folder)).Count);
    }

    private static async Task<List<LogEntry>> Read(LogFolder folder)
    {
        var entries = new List<LogEntry>();
        await foreach (var entry in folder.Store.Read(LogFolder.Sweep, 0, TestContext.Current.CancellationToken)) entries.Add(entry);
        return entries;
    }

    private static HashSet<Type> Kinds<T>() => [.. typeof(T).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(T)))];
}
