namespace Distributed.Sweeps.Tests;

public sealed class SweepStateTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SweepSpec Spec = (SweepSpec)new Populated().Of(typeof(SweepSpec));
    private static readonly TrialOutcome.Prepared Prepared = (TrialOutcome.Prepared)new Populated().Of(typeof(TrialOutcome.Prepared));
    private static readonly TrialOutcome.Completed Completed = (TrialOutcome.Completed)new Populated().Of(typeof(TrialOutcome.Completed));
    private static readonly Candidate Candidate = Profiles.Candidate(("ratio", 0.5));

    [Fact]
    public void A_trial_goes_from_suggested_to_completed()
    {
        var state = Fold(
            new SweepRecord.Launched(Spec), new SweepRecord.Suggested(TrialId.Dense, null, "dense"), new SweepRecord.Leased(TrialId.Dense, 1, "host/0"),
            new SweepRecord.TrialClosed(TrialId.Dense, 1, Prepared), new SweepRecord.Suggested(new(1), Candidate, "centre"),
            new SweepRecord.Leased(new(1), 1, "host/0"), new SweepRecord.RungReached(new(1), 1, new(0, 0, 0.4), null), new SweepRecord.TrialClosed(new(1), 1, Completed));

        Assert.Same(Spec, state.Spec);
        Assert.Same(Prepared.Profile, state.Profile);
        Assert.Equal(8, state.Next);
        Assert.Equal(Prepared.Measurement, state.Dense!.Measurement);
        var trial = state.Trials[1];
        Assert.Equal((TrialStatus.Completed, Candidate, "centre"), (trial.Status, trial.Candidate, trial.Reason));
        Assert.Equal((Completed.Measurement, Completed.Epochs), (trial.Measurement, trial.Epochs));
        Assert.Equal([new RungReport(0, 0, 0.4)], trial.Rungs);
        Assert.Equal([new AttemptState(1, "host/0", At(5), At(7), "completed")], trial.Attempts);
    }

    [Fact]
    public void A_trial_whose_attempt_ended_waits_with_its_checkpoint_for_another()
    {
        var checkpoint = (Checkpoint)new Populated().Of(typeof(Checkpoint));
        var state = Fold(
            new SweepRecord.Launched(Spec), new SweepRecord.Suggested(TrialId.Dense, null, "dense"), new SweepRecord.Leased(TrialId.Dense, 1, "a/0"),
            new SweepRecord.Checkpointed(TrialId.Dense, 1, checkpoint), new SweepRecord.AttemptEnded(TrialId.Dense, 1, "released", null),
            new SweepRecord.Leased(TrialId.Dense, 2, "b/0"));

        Assert.Equal((TrialStatus.Running, 2, checkpoint), (state.Dense!.Status, state.Dense.Epoch, state.Dense.Checkpoint));
        Assert.Equal(["released", null], state.Dense.Attempts.Select(attempt => attempt.Ending));
    }

    [Fact]
    public void A_rung_reached_again_after_a_restart_counts_once() => Assert.Equal(
        [new RungReport(0, 0, 0.5), new RungReport(1, 1, 0.6)],
        Fold(
            new SweepRecord.Launched(Spec), new SweepRecord.Suggested(TrialId.Dense, null, ""), new SweepRecord.RungReached(TrialId.Dense, 1, new(0, 0, 0.4), null),
            new SweepRecord.RungReached(TrialId.Dense, 2, new(0, 0, 0.5), null), new SweepRecord.RungReached(TrialId.Dense, 2, new(1, 1, 0.6), null)).Dense!.Rungs);

    [Fact]
    public void Stopped_and_failed_trials_say_why()
    {
        var state = Fold(
            new SweepRecord.Launched(Spec), new SweepRecord.Suggested(TrialId.Dense, null, ""), new SweepRecord.Suggested(new(1), Candidate, ""),
            new SweepRecord.TrialClosed(TrialId.Dense, 1, new TrialOutcome.Failed(FailureKind.NotFinite, "loss is NaN")),
            new SweepRecord.TrialClosed(new(1), 1, new TrialOutcome.Stopped(new(1, 0.5, 0.2), "place 5 of 5")));

        Assert.Equal([(TrialStatus.Failed, "loss is NaN"), (TrialStatus.Stopped, "place 5 of 5")], state.Trials.Select(trial => (trial.Status, trial.Ending!)));
        Assert.Equal(0.5, state.Trials[1].Epochs);
        Assert.All(state.Trials, trial => Assert.True(trial.IsClosed));
    }

    [Fact]
    public void Pauses_do_not_count_as_time()
    {
        var state = Fold(
            new SweepRecord.Launched(Spec), new SweepRecord.FrontChanged([TrialId.Dense], 0.25), new SweepRecord.StatusChanged(SweepStatus.Paused, "asked"),
            new SweepRecord.StatusChanged(SweepStatus.Running, "asked"), new SweepRecord.StatusChanged(SweepStatus.Finished, "done"));

        Assert.Equal(TimeSpan.FromSeconds(3), state.Elapsed);
        Assert.Null(state.RunningSince);
        Assert.Equal((SweepStatus.Finished, "done"), (state.Status, state.StatusReason));
        Assert.Equal([(At(1), 0.25)], state.HypervolumeHistory);
    }

    private static DateTimeOffset At(int second) => Start.AddSeconds(second);

    private static SweepState Fold(params SweepRecord[] records)
    {
        var state = new SweepState();
        for (int i = 0; i < records.Length; i++) state.Apply(new(i, At(i), records[i]));
        return state;
    }
}
