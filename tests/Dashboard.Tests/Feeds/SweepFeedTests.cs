using Distributed.Dashboard.Tests.Samples;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Dashboard.Tests.Feeds;

public sealed class SweepFeedTests : IAsyncDisposable
{
    private readonly FakeSource _source = new();
    private readonly FakeTimeProvider _time = new(SampleLog.Start);
    private readonly SweepFeeds _feeds;

    public SweepFeedTests() => _feeds = new(_source, new FeedOptions(), _time);

    public ValueTask DisposeAsync() => _feeds.DisposeAsync();

    [Fact]
    public async Task A_finished_sweep_is_read_to_its_end()
    {
        _source.IsLive = false;
        _source.Record(SampleLog.Of(6, finished: true));
        using var handle = _feeds.Open(SampleLog.Spec.Name);
        await handle.Feed.Loaded;
        Assert.Equal(FeedConnection.Ended, handle.Feed.View.Connection);
        Assert.Equal(7, handle.Feed.View.Trials.Count);
        Assert.Equal([2, 1], handle.Feed.View.Front.Select(trial => trial.Number));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_sweep_that_took_the_name_is_read_from_its_beginning(bool finished)
    {
        _source.IsLive = false;
        _source.Record(SampleLog.Of(6, finished));
        using var handle = _feeds.Open(SampleLog.Spec.Name);
        await handle.Feed.Loaded;
        Assert.Equal(7, handle.Feed.View.Trials.Count);
        List<SweepId> replaced = [];
        _feeds.Replaced += replaced.Add;

        // The same sweep, as every listing tells it, changes nothing.
        SweepSummary summary = new() { Name = SampleLog.Spec.Name, Status = handle.Feed.View.Status, Launched = handle.Feed.View.Launched };
        _feeds.Compare([summary, summary with { Launched = summary.Launched.AddSeconds(-3) }]);
        Assert.Empty(replaced);

        var later = TimeSpan.FromHours(1);
        _source.Replace(SampleLog.Of(2, finished).Select(entry => entry with { Time = entry.Time + later }));
        _source.Summaries.Add(summary with { Launched = summary.Launched + later });
        using var again = _feeds.Open(SampleLog.Spec.Name);
        await Wait(() => handle.Feed.View is { Trials.Count: 3, Connection: FeedConnection.Ended or FeedConnection.Stored });
        Assert.Equal([SampleLog.Spec.Name], replaced);
        Assert.Equal(summary.Launched + later, handle.Feed.View.Launched);
    }

    [Fact]
    public async Task A_launch_that_was_written_late_is_looked_for_once()
    {
        _source.IsLive = false;
        _source.Record(SampleLog.Of(6, finished: true));
        using var handle = _feeds.Open(SampleLog.Spec.Name);
        await handle.Feed.Loaded;
        SweepSummary summary = new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Finished, Launched = handle.Feed.View.Launched.AddMinutes(-1) };
        _feeds.Compare([summary]);
        await Wait(() => _source.Watches.Count == 2 && handle.Feed.View.Connection == FeedConnection.Ended);
        _feeds.Compare([summary]);
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Equal(2, _source.Watches.Count);
        Assert.Equal(7, handle.Feed.View.Trials.Count);
    }

    [Fact]
    public async Task Fifty_viewers_share_one_watch()
    {
        _source.Record(SampleLog.Of(3));
        var handles = Enumerable.Range(0, 50).Select(_ => _feeds.Open(SampleLog.Spec.Name)).ToList();
        _source.Send(new SweepEvent.Idle(0));
        await handles[0].Feed.Loaded;
        Assert.Single(handles.Select(handle => handle.Feed).Distinct());
        Assert.Equal([0], _source.Watches);
        foreach (var handle in handles) handle.Dispose();
    }

    [Fact]
    public async Task A_sign_of_life_after_the_log_makes_it_live()
    {
        using var handle = await Live(3);
        Assert.Equal(FeedConnection.Live, handle.Feed.View.Connection);
    }

    [Fact]
    public async Task A_picture_is_never_changed_afterwards()
    {
        using var handle = await Live(3);
        var before = handle.Feed.View;
        int trials = before.Trials.Count, phases = before.Phases.Count;
        await Later(handle.Feed, () => Send(SampleLog.After(before, 3)));
        Assert.Equal((trials, phases), (before.Trials.Count, before.Phases.Count));
        Assert.True(handle.Feed.View.Trials.Count > trials);
        Assert.True(handle.Feed.View.Version > before.Version);
    }

    [Fact]
    public async Task Many_records_within_the_throttle_make_one_picture()
    {
        using var handle = await Live(3);
        int pictures = 0;
        handle.Feed.Changed += () => Interlocked.Increment(ref pictures);
        await Later(handle.Feed, () => Send(SampleLog.After(handle.Feed.View, 30)));
        Assert.Equal(1, pictures);
    }

    [Fact]
    public async Task A_log_that_has_ended_is_never_called_live()
    {
        List<FeedConnection> seen = [];
        _source.Record(SampleLog.Of(6, finished: true));
        using var handle = _feeds.Open(SampleLog.Spec.Name);
        handle.Feed.Changed += () => seen.Add(handle.Feed.View.Connection);
        _source.Send(new SweepEvent.Idle(0));
        await Wait(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return handle.Feed.View.HasEnded;
        });
        Assert.False(handle.Feed.View.IsWhole);
        _source.End();
        await handle.Feed.Loaded;
        Assert.Equal(FeedConnection.Ended, handle.Feed.View.Connection);
        Assert.DoesNotContain(FeedConnection.Live, seen);
    }

    [Fact]
    public async Task The_newest_sweeps_are_read_before_anybody_asks()
    {
        _source.IsLive = false;
        _source.Record(SampleLog.Of(6, finished: true));
        _source.Summaries.Add(new() { Name = SampleLog.Spec.Name, Status = SweepStatus.Finished, Launched = SampleLog.Start.AddDays(1) });
        _source.Summaries.AddRange(Enumerable.Range(0, 9).Select(i => new SweepSummary { Name = new(Invariant($"older{i}")), Status = SweepStatus.Finished, Launched = SampleLog.Start }));
        using ReadAhead ahead = new(_source, _feeds, NullLogger<ReadAhead>.Instance);
        await ahead.StartAsync(TestContext.Current.CancellationToken);
        await ahead.ExecuteTask!;
        Assert.Equal(4, _feeds.Count);
        using var handle = _feeds.Open(SampleLog.Spec.Name);
        Assert.Equal(FeedConnection.Ended, handle.Feed.View.Connection);
        Assert.Equal(4, _source.Watches.Count);
    }

    [Fact]
    public async Task A_source_that_does_not_answer_at_the_start_is_left_to_the_first_page()
    {
        _source.Fails = new SourceUnavailableException("The silo does not answer.");
        FakeLogger<ReadAhead> logger = new();
        using ReadAhead ahead = new(_source, _feeds, logger);
        await ahead.StartAsync(TestContext.Current.CancellationToken);
        await ahead.ExecuteTask!;
        Assert.Equal(0, _feeds.Count);
        Assert.Equal("The silo does not answer.", logger.LatestRecord.Exception?.Message);
    }

    [Fact]
    public async Task A_silo_that_is_lost_leaves_the_last_known_picture_and_is_asked_again_from_where_it_was()
    {
        using var handle = await Live(3);
        long next = handle.Feed.View.Next;
        await Changes(handle.Feed, () => _source.End(new SourceUnavailableException("The silo does not answer.")), view => view.Connection == FeedConnection.Gone);
        Assert.Equal(4, handle.Feed.View.Trials.Count);
        Assert.Equal("The silo does not answer.", handle.Feed.View.Trouble);
        await Changes(
            handle.Feed,
            () => _source.Send(new SweepEvent.Idle(next)),
            view =>
            {
                // The feed may not wait yet when it has told that the silo is gone.
                _time.Advance(TimeSpan.FromSeconds(2));
                return view.Connection == FeedConnection.Live;
            });
        Assert.Equal([0, next], _source.Watches);
    }

    [Fact]
    public async Task Without_a_silo_a_sweep_that_has_not_ended_is_shown_as_it_was_left()
    {
        _source.IsLive = false;
        _source.Record(SampleLog.Of(3));
        using var handle = _feeds.Open(SampleLog.Spec.Name);
        await handle.Feed.Loaded;
        Assert.Equal(FeedConnection.Stored, handle.Feed.View.Connection);
        Assert.Contains("sweep resume sample", handle.Feed.View.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_sweep_is_told_as_such()
    {
        using var handle = _feeds.Open(new SweepId("nowhere"));
        await handle.Feed.Loaded;
        Assert.Equal(FeedConnection.Unknown, handle.Feed.View.Connection);
    }

    [Fact]
    public async Task Reports_of_running_trials_are_kept_until_the_attempt_ends()
    {
        using var handle = await Live(8);
        TrialId running = new(8);
        await Later(handle.Feed, () => _source.Send(new SweepEvent.Progressed(running, "host/1", new() { Phase = TrialPhase.FineTuning, Accuracy = 0.5 })));
        Assert.Equal(0.5, handle.Feed.View.Running[running].Last.Accuracy);
        await Later(handle.Feed, () => Send(SampleLog.Numbered([new SweepRecord.AttemptEnded(running, 2, "released", null)], handle.Feed.View.Next)));
        Assert.Empty(handle.Feed.View.Running);
    }

    [Fact]
    public async Task A_sweep_that_nobody_looks_at_is_given_up_after_a_while()
    {
        var handle = await Live(3);
        handle.Dispose();
        Assert.Equal(1, _feeds.Count);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.True(SpinWait.SpinUntil(() => _feeds.Count == 0, TimeSpan.FromSeconds(10)));
    }

    private async Task<FeedHandle> Live(int trials)
    {
        _source.Record(SampleLog.Of(trials));
        var handle = _feeds.Open(SampleLog.Spec.Name);
        _source.Send(new SweepEvent.Idle(0));
        await handle.Feed.Loaded;
        _time.Advance(TimeSpan.FromSeconds(1));
        return handle;
    }

    private void Send(IEnumerable<LogEntry> entries)
    {
        foreach (var entry in entries) _source.Send(new SweepEvent.Logged(entry));
    }

    /// <summary>The next picture, once the throttle allows it.</summary>
    private async Task Later(SweepFeed feed, Action happens)
    {
        long version = feed.View.Version;
        happens();
        await Wait(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            return feed.View.Version > version;
        });
    }

    private static async Task Changes(SweepFeed feed, Action happens, Func<SweepView, bool> until)
    {
        happens();
        await Wait(() => until(feed.View));
    }

    private static async Task Wait(Func<bool> until)
    {
        for (int i = 0; i < 5000 && !until(); i++) await Task.Yield();
        Assert.True(SpinWait.SpinUntil(until, TimeSpan.FromSeconds(10)));
    }
}
