namespace Distributed.Sweeps.Tests;

public sealed class TrialTimelineTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TrialId Trial = new(3);
    private static readonly TrialOutcome.Completed Completed = (TrialOutcome.Completed)new Populated().Of(typeof(TrialOutcome.Completed));
    private static readonly Checkpoint Checkpoint = (Checkpoint)new Populated().Of(typeof(Checkpoint));

    [Fact]
    public void Each_phase_lasts_until_the_next_and_the_last_until_the_attempt_ends()
    {
        var timeline = Of(
            new SweepRecord.Suggested(Trial, null, "centre"), new SweepRecord.Leased(Trial, 1, "host/0"), new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.Pruning),
            new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.FineTuning), new SweepRecord.TrialClosed(Trial, 1, Completed));
        Assert.Equal((At(0), At(4)), (timeline.Suggested!.Value, timeline.Closed!.Value));
        var attempt = Assert.Single(timeline.Attempts);
        Assert.Equal([new(TrialPhase.Pruning, At(2), At(3)), new(TrialPhase.FineTuning, At(3), At(4))], attempt.Phases);
        Assert.Equal((At(1), At(4), "completed"), (attempt.Started, attempt.Ended!.Value, attempt.Ending));
    }

    [Fact]
    public void A_phase_that_was_heard_of_later_began_when_it_began()
    {
        var attempt = Assert.Single(Of(
            new SweepRecord.Leased(Trial, 1, "host/0"), new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.Pruning, 0.75), new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.FineTuning, 0.5),
            new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.Evaluating, 60)).Attempts);
        Assert.Equal(
            [new(TrialPhase.Pruning, Start.AddSeconds(0.25), Start.AddSeconds(1.5)), new(TrialPhase.FineTuning, Start.AddSeconds(1.5), Start.AddSeconds(1.5)), new PhaseSpan(TrialPhase.Evaluating, Start.AddSeconds(1.5), null)],
            attempt.Phases);
    }

    [Fact]
    public void What_runs_is_open()
    {
        var timeline = Of(new SweepRecord.Leased(Trial, 1, "host/0"), new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.Loading));
        Assert.Null(timeline.Closed);
        Assert.Equal(new PhaseSpan(TrialPhase.Loading, At(1), null), Assert.Single(Assert.Single(timeline.Attempts).Phases));
    }

    [Fact]
    public void An_attempt_that_died_keeps_its_phases_and_its_reason_beside_the_next()
    {
        var timeline = Of(
            new SweepRecord.Leased(Trial, 1, "a/0"), new SweepRecord.PhaseStarted(Trial, 1, TrialPhase.FineTuning),
            new SweepRecord.AttemptEnded(Trial, 1, "the process was killed", FailureKind.ProcessDied), new SweepRecord.Leased(Trial, 2, "b/0"));
        Assert.Equal([(1, "a/0", "the process was killed"), (2, "b/0", null)], timeline.Attempts.Select(attempt => (attempt.Epoch, attempt.Slot, attempt.Ending)));
        Assert.Equal(FailureKind.ProcessDied, timeline.Attempts[0].Failure);
        Assert.Equal(At(2), timeline.Attempts[0].Phases[0].Ended);
    }

    [Fact]
    public void Checkpoints_and_rungs_stand_at_their_times()
    {
        RungReport rung = new(0, 0, 0.5);
        var timeline = Of(new SweepRecord.Leased(Trial, 1, "a/0"), new SweepRecord.RungReached(Trial, 1, rung, null), new SweepRecord.Checkpointed(Trial, 1, Checkpoint));
        Assert.Equal([new(At(1), null, rung), new(At(2), Checkpoint, null)], timeline.Attempts[0].Marks);
    }

    [Fact]
    public void Other_trials_are_passed_over() => Assert.Empty(Of(new SweepRecord.Leased(new(4), 1, "host/0"), new SweepRecord.FrontChanged([], 0)).Attempts);

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static TrialTimeline Of(params SweepRecord[] records) => TrialTimeline.Of(Trial, records.Select((record, i) => new LogEntry(i, At(i), record)));
}
