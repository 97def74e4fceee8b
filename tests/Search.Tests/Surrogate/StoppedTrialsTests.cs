namespace Distributed.Search.Tests;

public sealed class StoppedTrialsTests
{
    private static readonly Observation Stopped = new(new(9), new([]), null, [new(0, 0, 0.3), new(1, 0.5, 0.5)]);

    [Fact]
    public void A_stopped_trial_counts_as_its_rung_and_the_gain_that_others_had_from_there()
    {
        var estimate = StoppedTrials.Estimate(Stopped, [Completed(0.6, 0.7), Completed(0.5, 0.8), Stopped])!.Value;

        Assert.Equal(0.7, estimate.Accuracy, 1e-12);
        Assert.Equal((0.02 * 1.5) + 0.0004, estimate.Variance, 1e-12);
    }

    [Fact]
    public void With_fewer_than_two_that_went_on_it_teaches_nothing() => Assert.Null(StoppedTrials.Estimate(Stopped, [Completed(0.6, 0.7), Stopped]));

    [Fact]
    public void A_trial_that_failed_before_any_rung_teaches_nothing() =>
        Assert.Null(StoppedTrials.Estimate(Stopped with { Rungs = [] }, [Completed(0.6, 0.7), Completed(0.5, 0.8)]));

    /// <summary>The first rung of an earlier sweep lay at three epochs: what others gained from there is another gain.</summary>
    [Fact]
    public void Rungs_of_other_lengths_do_not_count() =>
        Assert.Null(StoppedTrials.Estimate(Stopped, [Completed(0.6, 0.7), Completed(0.5, 0.8, epochs: 3)]));

    [Fact]
    public void No_estimate_exceeds_certainty() =>
        Assert.Equal(1, StoppedTrials.Estimate(Stopped, [Completed(0.1, 0.9), Completed(0.1, 0.9)])!.Value.Accuracy);

    private static Observation Completed(double rung, double final, double epochs = 0.5) =>
        new(new(1), new([]), PruningToy.Dense with { Accuracy = final }, [new(1, epochs, rung)]);
}
