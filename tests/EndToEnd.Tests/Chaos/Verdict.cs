using System.Text.RegularExpressions;
using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>What must hold of a sweep's log, whatever was done to the cluster meanwhile.</summary>
internal static partial class Verdict
{
    /// <summary>Every trial is recorded exactly once, by the lease that was the last.</summary>
    public static void EveryTrialIsRecordedOnce(SweepLogSeen seen)
    {
        Assert.Equal(Enumerable.Range(0, seen.Entries.Count).Select(i => (long)i), seen.Entries.Select(entry => entry.Position));
        Assert.All(seen.State.Trials, trial => Assert.True(trial.IsClosed, $"trial {trial.Id} is {trial.Status}"));
        var closings = seen.All<SweepRecord.TrialClosed>().ToList();
        Assert.Equal(seen.State.Trials.Select(trial => trial.Id), closings.Select(closing => closing.Trial).Order());
        foreach (var trial in seen.State.Trials)
        {
            var epochs = seen.All<SweepRecord.Leased>().Where(leased => leased.Trial == trial.Id).Select(leased => leased.Epoch).ToList();
            Assert.Equal(Enumerable.Range(1, epochs.Count), epochs);
            Assert.Equal(epochs[^1], closings.Single(closing => closing.Trial == trial.Id).Epoch);
        }
    }

    /// <summary>A worker that was told that its result is accepted finds it in the log.</summary>
    public static void NoAcceptedResultIsLost(SweepLogSeen seen, IEnumerable<string> said)
    {
        var told = said.Select(line => Answer().Match(line)).Where(match => match.Success)
            .Select(match => (Epoch: int.Parse(match.Groups["epoch"].Value), Trial: int.Parse(match.Groups["trial"].Value), Answer: match.Groups["answer"].Value)).ToList();
        Assert.NotEmpty(told);
        var recorded = seen.All<SweepRecord.TrialClosed>().Select(closed => (closed.Epoch, closed.Trial.Number))
            .Concat(seen.All<SweepRecord.AttemptEnded>().Where(ended => ended.Failure is not null).Select(ended => (ended.Epoch, ended.Trial.Number))).ToHashSet();
        Assert.All(told.Where(one => one.Answer == "Accepted"), one => Assert.Contains((one.Epoch, one.Trial), recorded));
        // And one that was told that it is stale does not.
        Assert.All(told.Where(one => one.Answer is "Stale" or "Duplicate"), one => Assert.DoesNotContain((one.Epoch, one.Trial), recorded));
    }

    /// <summary>The same candidates were closed with the same values, and the same front came out of them.</summary>
    public static void IsTheSameAs(SweepLogSeen calm, SweepLogSeen seen)
    {
        Assert.True(seen.State.Status == calm.State.Status, $"The sweep is {seen.State.Status}: {seen.State.StatusReason}");
        Assert.Equal(Closed(calm), Closed(seen));
        Assert.Equal(calm.State.Front.Order(), seen.State.Front.Order());
        Assert.Equal(calm.State.Hypervolume, seen.State.Hypervolume);
    }

    /// <summary>What the front promises can be fetched.</summary>
    public static async Task FilesOfTheFrontAreThere(ClusterUnderTest cluster, SweepLogSeen seen)
    {
        var artifacts = cluster.Store().Artifacts;
        foreach (var trial in seen.State.Front)
        {
            await using var model = await artifacts.Open(seen.State.Trials[trial.Number].Artifacts!.Model, TestContext.Current.CancellationToken);
            Assert.NotEqual(-1, model.ReadByte());
        }
    }

    private static IEnumerable<string> Closed(SweepLogSeen seen) => seen.State.Trials.Select(trial => Invariant(
        $"{trial.Id} {trial.Status} {SweepJson.Write(trial.Candidate)} {trial.Measurement?.Accuracy:R} {trial.Measurement?.Macs}"));

    [GeneratedRegex("the end of attempt (?<epoch>\\d+) at trial (?<trial>\\d+|dense) was answered (?<answer>\\w+)")]
    private static partial Regex Answer();
}
