using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Trials;

public sealed class LearningCurveTests
{
    [Fact]
    public void Rungs_and_the_end_are_points()
    {
        var view = SampleLog.View(8);
        var curve = LearningCurve.Of(view, view.Trials[1]);
        Assert.Equal([(0, 0.4), (2, view.Trials[1].Measurement!.Accuracy)], curve.Accuracies.Select(point => (point.Epoch, point.Value)));
    }

    [Fact]
    public void An_attempt_that_goes_on_from_a_checkpoint_breaks_the_line()
    {
        TrialId trial = new(8);
        SweepFold fold = new(SampleLog.Spec.Name);
        foreach (var entry in SampleLog.Of(8)) fold.Apply(new SweepEvent.Logged(entry), entry.Time);
        foreach (double epoch in new[] { 0.5, 1, 0.75 }) fold.Apply(new SweepEvent.Progressed(trial, "host/1", new() { Phase = TrialPhase.FineTuning, Epoch = epoch, Epochs = 2, Loss = 1 }), SampleLog.Start);
        var view = fold.View(FeedConnection.Live, "");
        Assert.Equal([1, 1, double.NaN, 1], LearningCurve.Of(view, view.Trials[8]).Losses.Select(point => point.Value));
    }

    [Fact]
    public void What_was_reported_stays_when_the_attempt_ends()
    {
        TrialId trial = new(8);
        SweepFold fold = new(SampleLog.Spec.Name);
        foreach (var entry in SampleLog.Of(8)) fold.Apply(new SweepEvent.Logged(entry), entry.Time);
        fold.Apply(new SweepEvent.Progressed(trial, "host/1", new() { Phase = TrialPhase.FineTuning, Epoch = 1, Epochs = 2, Loss = 0.5 }), SampleLog.Start);
        foreach (var entry in SampleLog.Numbered([new SweepRecord.AttemptEnded(trial, 2, "released", null)], fold.Next)) fold.Apply(new SweepEvent.Logged(entry), entry.Time);
        var view = fold.View(FeedConnection.Live, "");
        Assert.Empty(view.Running);
        Assert.Equal(0.5, Assert.Single(LearningCurve.Of(view, view.Trials[8]).Losses).Value);
    }

    [Fact]
    public void A_trial_that_has_not_begun_has_no_picture()
    {
        var view = SampleLog.View(SampleLog.Of(0).Concat(SampleLog.Numbered([new SweepRecord.Suggested(new(1), SampleLog.CandidateOf(1), "")], SampleLog.Of(0).Count)));
        Assert.Null(new LearningChart().Draw(view, ChartQuery.Default.With(LearningChart.TrialKey, "1")));
        Assert.NotNull(new LearningChart().Draw(view, ChartQuery.Default.With(LearningChart.TrialKey, "0")));
    }

    [Theory, InlineData("99"), InlineData("-1"), InlineData("x"), InlineData("")]
    public void A_trial_that_is_not_there_has_no_picture(string number) => Assert.Null(new LearningChart().Draw(SampleLog.View(3), ChartQuery.Default.With(LearningChart.TrialKey, number)));
}
