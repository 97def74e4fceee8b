using CsCheck;
using Distributed.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Distributed.Grains.Tests;

/// <summary>Decisions run ahead of the disk; nobody else does.</summary>
public sealed class SweepJournalTests
{
    private static readonly SweepId Name = new("journal");
    private readonly FakeTimeProvider _time = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public Task What_is_decided_stands_in_the_ledger_at_once_and_among_the_entries_when_it_is_durable() => OnOneScheduler(async () =>
    {
        GatedLogStore logs = new(new(_time));
        await using var journal = await Open(logs);
        journal.Append(Launched, Baseline);
        var durable = journal.Durable;
        Assert.True(journal.Exists);
        Assert.Equal(1, journal.Ledger.WaitingCount);
        Assert.Empty(journal.Entries);
        Assert.False(durable.IsCompleted);

        logs.Open();
        await durable;
        Assert.Equal([Launched, Baseline], journal.Entries.Select(entry => entry.Record));
    });

    /// <summary>A record that cannot be folded is a fault of ours; whoever went on from half of a decision would hang or lie.</summary>
    [Fact]
    public Task What_cannot_be_folded_breaks_the_journal() => OnOneScheduler(async () =>
    {
        GatedLogStore logs = new(new(_time));
        await using var journal = await Open(logs);
        logs.Open();
        journal.Append(Launched, Baseline);
        await journal.Durable;
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Append(Suggested(1), new SweepRecord.FrontMoved(new(1), -1, [], 0)));
        Assert.IsType<SweepUnavailableException>(journal.Broken);
        Assert.Throws<SweepUnavailableException>(() => journal.Append(Suggested(2)));
        Assert.Equal([Launched, Baseline], journal.Entries.Select(entry => entry.Record));
    });

    [Fact]
    public Task Decisions_that_come_while_the_log_is_busy_are_written_together_and_never_torn_apart() => OnOneScheduler(async () =>
    {
        GatedLogStore logs = new(new(_time));
        await using var journal = await Open(logs);
        journal.Append(Launched, Baseline);
        await logs.Busy;
        for (int i = 1; i <= 40; i++) journal.Append(Suggested(i), new SweepRecord.FrontChanged([], i));
        logs.Open();
        await journal.Durable;
        Assert.Equal([2, 64, 16], logs.Appends);
    });

    [Fact]
    public Task A_write_that_fails_fails_everything_that_waits_and_the_next_activation_starts_from_what_is_durable() => OnOneScheduler(async () =>
    {
        MemorySweepLogStore memory = new(_time);
        GatedLogStore logs = new(memory);
        List<Exception> breaks = [];
        await using var journal = await Open(logs, breaks.Add);
        journal.Append(Launched, Baseline);
        await logs.Busy;
        var first = journal.Durable;
        journal.Append(Suggested(1));
        var second = journal.Durable;
        memory.BeforeAppend = (_, records) =>
        {
            if (records.Contains(Suggested(1))) throw new IOException("The test says so.");
        };
        logs.Open();
        await first;
        await Assert.ThrowsAsync<SweepUnavailableException>(() => second);
        Assert.Throws<SweepUnavailableException>(() => journal.Append(Suggested(2)));
        Assert.Equal([journal.Broken!], breaks);

        await using var next = await Open(memory);
        Assert.Equal(2, next.Next);
        Assert.Equal(journal.Entries.Select(SweepJson.Write), next.Entries.Select(SweepJson.Write));
        Assert.Equal(1, next.Ledger.WaitingCount);
    });

    /// <summary>A search that takes long may come back when its sweep has left: that is nobody's error, and its log is closed.</summary>
    [Fact]
    public Task Whoever_decides_after_the_end_is_refused_what_was_decided_before_is_written_and_nothing_has_broken() => OnOneScheduler(async () =>
    {
        GatedLogStore logs = new(new(_time));
        List<Exception> breaks = [];
        var journal = await Open(logs, breaks.Add);
        journal.Append(Launched, Baseline);
        await logs.Busy;
        journal.Append(Suggested(1));
        var last = journal.Durable;
        var ended = journal.DisposeAsync();
        Assert.Contains("has ended", Assert.Throws<SweepUnavailableException>(() => journal.Append(Suggested(2))).Message, StringComparison.Ordinal);
        logs.Open();
        await ended;
        await last;
        Assert.Throws<SweepUnavailableException>(() => journal.Append(Suggested(2)));
        Assert.Equal([Launched, Baseline, Suggested(1)], journal.Entries.Select(entry => entry.Record));
        Assert.Empty(breaks);
    });

    [Fact]
    public async Task Whatever_is_decided_and_fails_the_ledger_is_the_fold_of_the_durable_log()
    {
        await Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[0, 20]).Array[0, 60].SampleAsync(steps => OnOneScheduler(() => Check(steps)), iter: 60, threads: 1);
    }

    /// <summary>As on an activation: one thing at a time.</summary>
    private static Task OnOneScheduler(Func<Task> test) => Task.Factory.StartNew(
        test, TestContext.Current.CancellationToken, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private async Task Check((int What, int Trial, int Luck)[] steps)
    {
        MemorySweepLogStore logs = new(_time);
        bool failing = false;
        logs.BeforeAppend = (_, _) =>
        {
            if (failing) throw new IOException("The test says so.");
        };
        var journal = await Open(logs);
        journal.Append(Launched, Baseline);
        await journal.Durable;
        foreach (var (what, trial, luck) in steps)
        {
            failing = luck == 0;
            try
            {
                journal.Append(Step(journal.Ledger, what, new(trial)));
                if (luck % 3 == 0) await journal.Durable;
            }
            catch (SweepUnavailableException)
            {
                await journal.DisposeAsync();
                failing = false;
                journal = await Open(logs);
            }
        }

        failing = false;
        bool broken = await Record.ExceptionAsync(() => journal.Durable) is not null;
        await using var replayed = await Open(logs);
        if (!broken) Assert.Equal(Text(replayed.Ledger), Text(journal.Ledger));
        Assert.Equal(replayed.Entries.Select(SweepJson.Write), journal.Entries.Select(SweepJson.Write));
        await journal.DisposeAsync();
    }

    private static List<SweepRecord> Step(SweepLedger ledger, int what, TrialId id) => (what, ledger.Find(id)) switch
    {
        (0, _) => [Suggested(ledger.State.Trials.Count)],
        (1, { Status: TrialStatus.Waiting } trial) => [new SweepRecord.Leased(id, trial.Epoch + 1, $"s/{id.Number % 3}")],
        (2, { Status: TrialStatus.Running } trial) => [new SweepRecord.AttemptEnded(id, trial.Epoch, "released", null)],
        (3, { Status: TrialStatus.Running } trial) => [new SweepRecord.AttemptEnded(id, trial.Epoch, "died", FailureKind.ProcessDied)],
        (4, { Status: TrialStatus.Running } trial) => [Closed(trial)],
        (5, { Status: TrialStatus.Running } trial) => [new SweepRecord.PhaseStarted(id, trial.Epoch, TrialPhase.FineTuning)],
        _ => [],
    };

    private static SweepRecord.TrialClosed Closed(TrialState trial) => new(trial.Id, trial.Epoch, trial.Id.IsDense
        ? new TrialOutcome.Prepared(StubModel.Measure(null), StubModel.Profile, SimulatedWorker.Files)
        : trial.Id.Number % 2 == 0 ? new TrialOutcome.Failed(FailureKind.NotFinite, "nan")
        : new TrialOutcome.Completed(StubModel.Measure(null) with { Accuracy = 0.1 * trial.Epoch }, SimulatedWorker.Files, 1));

    private static string Text(SweepLedger ledger) => SweepJson.Write(new
    {
        ledger.State.Trials,
        ledger.State.Status,
        ledger.State.Next,
        Running = ledger.Running.Select(trial => trial.Id.Number),
        Waiting = ledger.Waiting.Select(trial => trial.Id.Number),
        ledger.Closed,
        ledger.Failed,
        ledger.ClosedPrefix,
        ledger.Epochs,
        LastFailed = ledger.LastFailed?.Id.Number,
        Failures = ledger.State.Trials.Select(trial => ledger.Failures(trial.Id)),
        Slots = Enumerable.Range(0, 3).Select(i => ledger.RunningAt($"s/{i}")?.Id.Number),
    });

    private static SweepRecord Launched { get; } = new SweepRecord.Launched(new()
    {
        Name = Name,
        Model = new() { Zoo = "stub" },
        Dataset = new() { Format = "shapes" },
        Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true)]),
        Budget = new() { Trials = 6 },
    });

    private static SweepRecord Baseline { get; } = new SweepRecord.Suggested(TrialId.Dense, null, "dense baseline");

    private static SweepRecord.Suggested Suggested(int trial) => new(new(trial), null, "test");

    private async Task<SweepJournal> Open(ISweepLogStore logs, Action<Exception>? breaks = null)
    {
        SweepJournal journal = new(logs, Name, _time) { Breaks = breaks };
        await journal.Open(TestContext.Current.CancellationToken);
        return journal;
    }
}
