using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Charts;

public sealed class PhaseSpanTests
{
    [Fact]
    public void Phases_follow_each_other_without_a_gap_from_the_lease_to_the_end()
    {
        var view = SampleLog.View(1);
        var attempt = view.Trials[1].Attempts[0];
        var spans = PhaseSpan.Of(view, view.Trials[1], attempt);
        Assert.Equal([TrialPhase.Loading, TrialPhase.Pruning, TrialPhase.FineTuning, TrialPhase.Measuring], spans.Select(span => span.Phase));
        Assert.Equal(attempt.Started, spans[0].Start);
        Assert.Equal(attempt.Ended, spans[^1].End);
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        Assert.All(spans, span => Assert.Null(span.Loss));
    }

    [Fact]
    public void A_lost_attempt_and_the_one_that_runs_are_both_there()
    {
        var view = SampleLog.View(8);
        var spans = PhaseSpan.Of(view, 100).Where(span => span.Trial.Number == 8).ToList();
        Assert.Equal([1, 2], spans.Select(span => span.Epoch).Distinct().Order());
        Assert.Equal("lease expired", spans.Single(span => span.Loss is not null).Loss);
        Assert.True(spans.Single(span => span.Epoch == 2).IsOpen);
    }

    [Fact]
    public void Only_so_many_of_the_latest_attempts_are_taken() =>
        Assert.Equal([29, 30], PhaseSpan.Of(SampleLog.View(30), 2).Select(span => span.Trial.Number).Distinct().Order());
}
