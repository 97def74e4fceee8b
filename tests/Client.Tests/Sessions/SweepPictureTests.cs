using Distributed.Client.Rendering;
using Distributed.Client.Sessions;
using Distributed.Client.Tests.Samples;
using Distributed.Contracts;

namespace Distributed.Client.Tests.Sessions;

public sealed class SweepPictureTests
{
    [Fact]
    public void Entries_seen_already_are_ignored()
    {
        var picture = SampleSweep.Picture();
        foreach (var entry in SampleSweep.Log()) picture.Apply(entry);
        Assert.Equal((4, 1, 1), (picture.Count(TrialStatus.Completed), picture.Count(TrialStatus.Stopped), picture.Count(TrialStatus.Failed)));
    }

    [Fact]
    public void Reports_of_running_trials_are_shown_until_they_are_closed()
    {
        var picture = SampleSweep.Picture(finished: false);
        picture.Apply(new SweepEvent.Progressed(new(6), "host/1", new() { Phase = TrialPhase.FineTuning, Epoch = 1.5, Epochs = 2, Loss = 0.25 }));
        Assert.Equal(1.5, Assert.Single(picture.Running).Progress!.Epoch);
        Assert.Contains("trial 6: fine-tuning, epoch 1.5 of 2, loss 0.250", ProgressBoard.Line(picture, SampleSweep.Start.AddMinutes(1)));
        foreach (var entry in SampleSweep.Log()) picture.Apply(entry);
        Assert.Empty(picture.Running);
    }

    [Fact]
    public void A_pause_is_drained_when_no_trial_runs_any_more()
    {
        var picture = SampleSweep.Picture(finished: false);
        long next = picture.State.Next;
        picture.Apply(new LogEntry(next, SampleSweep.Start, new SweepRecord.StatusChanged(SweepStatus.Paused, "asked")));
        Assert.False(picture.IsDrained);
        picture.Apply(new LogEntry(next + 1, SampleSweep.Start, new SweepRecord.AttemptEnded(new(6), 1, "released", null)));
        Assert.True(picture.IsDrained);
    }

    [Fact]
    public void Only_a_pause_that_a_failing_store_brought_is_told_as_such()
    {
        var picture = SampleSweep.Picture(finished: false);
        Next(new SweepRecord.AttemptEnded(new(6), 1, "full", FailureKind.Storage));
        Assert.False(picture.StoreFailed);
        Next(new SweepRecord.Leased(new(6), 2, "other/0"));
        Next(new SweepRecord.StatusChanged(SweepStatus.Paused, "asked"));
        Assert.False(picture.StoreFailed);
        Next(new SweepRecord.AttemptEnded(new(6), 2, "full", FailureKind.Storage));
        Next(new SweepRecord.StatusChanged(SweepStatus.Running, "resumed"));
        Next(new SweepRecord.Leased(new(6), 3, "other/0"));
        Next(new SweepRecord.AttemptEnded(new(6), 3, "full", FailureKind.Storage));
        Next(new SweepRecord.StatusChanged(SweepStatus.Paused, "full"));
        Assert.True(picture.StoreFailed);
        Next(new SweepRecord.StatusChanged(SweepStatus.Running, "resumed"));
        Assert.False(picture.StoreFailed);

        void Next(SweepRecord record) => picture.Apply(new LogEntry(picture.State.Next, SampleSweep.Start, record));
    }

    [Fact]
    public void Time_left_is_judged_by_the_candidates_that_are_closed()
    {
        var picture = SampleSweep.Picture(finished: false);
        // 60 s after the launch, 1 s of them for the baseline: 59 s for 5 of 6 trials.
        Assert.Equal(59 / 5.0, TimeLeft.Of(picture, SampleSweep.Start.AddMinutes(1))!.Value.TotalSeconds, 6);
        Assert.Null(TimeLeft.Of(SampleSweep.Picture(), SampleSweep.Start.AddMinutes(1)));
    }

    [Theory]
    [InlineData("""{"pid":7,"endpoint":"127.0.0.1:30000","siloPort":1,"gatewayPort":30000,"clusterId":"c","serviceId":"s","slots":2,"store":"/x"}""", true)]
    [InlineData("""{"pid":7}""", false)]
    [InlineData("starting up", false)]
    [InlineData("""{"place":"a","found":"b","remedy":"c"}""", false)]
    public void A_ready_line_is_told_from_other_output(string line, bool ready) => Assert.Equal(ready, Client.Sessions.SiloAddress.Parse(line) is not null);

    [Fact]
    public void A_refusal_of_the_silo_keeps_place_found_and_remedy()
    {
        var error = SiloRefusal.Parse("""{"place":"a","found":"b","remedy":"c."}""");
        Assert.Equal(("a", "b", "c."), (error!.Place, error.Found, error.Remedy));
        Assert.Null(SiloRefusal.Parse("not json"));
    }
}
