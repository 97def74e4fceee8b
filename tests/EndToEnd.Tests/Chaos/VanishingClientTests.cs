using System.Text.RegularExpressions;
using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Consoles that are killed in the middle of something: nothing is left half done, and the same command works again.</summary>
[Collection(Clusters.Waiting)]
public sealed partial class VanishingClientTests : IAsyncLifetime
{
    private const int LargeBytes = 256 << 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4), Glance = TimeSpan.FromMilliseconds(1), Pause = TimeSpan.FromMilliseconds(300);
    private ClusterUnderTest? _cluster;

    private ClusterUnderTest Cluster => _cluster!;

    private string Store => Cluster.Variables["DISTRIBUTED__STORE"];

    private string Pushed => Path.Combine(Store, "artifacts");

    public async ValueTask InitializeAsync() => _cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 2);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task A_push_that_was_killed_leaves_nothing_that_the_next_one_does_not_remove()
    {
        string file = Path.Combine(Cluster.Folder, "large.bin");
        await using (FileStream large = new(file, FileMode.CreateNew)) large.SetLength(LargeBytes);
        await KilledWhen(() => Files(".*.part").Any(part => new FileInfo(part).Length > 0), "data", "push", file);
        Assert.Empty(Files("large.bin"));
        Assert.NotEmpty(Files(".*.part"));
        string reference = (await Succeeds("data", "push", file)).Out.Trim();
        Assert.Equal(LargeBytes, new FileInfo(Assert.Single(Files("large.bin"))).Length);
        Assert.Empty(Files(".*.part"));
        var again = await Succeeds("data", "push", file);
        Assert.Equal(reference, again.Out.Trim());
        Assert.Contains("already", again.Error, StringComparison.Ordinal);
    }

    /// <summary>Killed before the call, while it is under way, and while its answer may be: the sweep is there whole or not at all.</summary>
    [Fact]
    public async Task A_launch_that_was_killed_happened_or_did_not_and_can_be_repeated()
    {
        var (model, data) = StubSweeps.Inputs(Cluster.Folder);
        (string Name, Func<bool> When)[] moments =
        [
            ("pushing", () => Directory.Exists(Pushed)),
            ("claiming", () => Files("sweep-claiming.lock", "locks").Any()),
            ("writing", () => Files("*.log", "logs/writing").Any()),
        ];
        foreach (var (name, when) in moments)
        {
            string file = StubSweeps.File(Cluster.Folder, name, trials: 4, model, data);
            await KilledWhen(when, "sweep", "launch", file);
            var found = await ClusterUnderTest.Asked(() => Cluster.Sweep(new(name)).Read(0, 500));
            if (found.Count > 0) Assert.Equal([typeof(SweepRecord.Launched), typeof(SweepRecord.Suggested)], found.Take(2).Select(entry => entry.Record.GetType()));
            await Succeeds("sweep", "launch", file);
            var seen = await Cluster.Follow(new(name), log => log.HasEnded);
            Verdict.EveryTrialIsRecordedOnce(seen);
            Assert.Single(seen.All<SweepRecord.Launched>());
            Assert.Equal(SweepStatus.Finished, seen.State.Status);
        }
    }

    [Fact]
    public async Task Watchers_that_were_killed_are_forgotten_and_disturb_nobody()
    {
        var spec = StubSweeps.Of("watched", trials: 2, steps: 150, stepMs: 100, horizon: 2);
        await Cluster.Launch(spec);
        using ConsoleProcess one = Cluster.StartConsole(["sweep", "watch", "watched", "--json"]), two = Cluster.StartConsole(["sweep", "watch", "watched", "--json"]);
        await Until(async () => await Watchers() == 2);
        var before = Cluster.Silos.ToDictionary(silo => silo, silo => silo.Said.Count);
        foreach (var console in (ConsoleProcess[])[one, two])
        {
            console.KillNow();
            await console.Ended();
        }

        await Until(async () => await Watchers() == 0);
        await Succeeds("sweep", "watch", "watched", "--json");
        var seen = await Cluster.Follow(spec.Name, log => log.HasEnded);
        Verdict.EveryTrialIsRecordedOnce(seen);
        Assert.Equal("", string.Join('\n', before.SelectMany(told => told.Key.Said.Skip(told.Value)).Where(line => Frame().IsMatch(line))));
    }

    private async Task KilledWhen(Func<bool> when, params string[] arguments)
    {
        using var console = Cluster.StartConsole(arguments);
        while (!console.HasEnded && !when()) await Task.Delay(Glance, TimeProvider.System, TestContext.Current.CancellationToken);
        if (!console.HasEnded) console.KillNow();
        int code = await console.Ended();
        Assert.True(code is 0 or 137, console.Error);
    }

    private async Task<(string Out, string Error)> Succeeds(params string[] arguments)
    {
        using var console = Cluster.StartConsole(arguments);
        Assert.True(await console.Ended() == 0, console.Error);
        return (console.Out, console.Error);
    }

    private IEnumerable<string> Files(string pattern, string below = "artifacts") => Path.Combine(Store, below) is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true })
        : [];

    private async Task<double> Watchers() => await Cluster.Controls.Single().Metric("distributed_watchers", "sweep=\"watched\"");

    private static async Task Until(Func<Task<bool>> holds)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Limit, "It did not come about.");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A stack trace, which a silo writes into the line that it belongs to.</summary>
    [GeneratedRegex(@"\s{2,}at [\w.<>`]+\(")]
    private static partial Regex Frame();
}
