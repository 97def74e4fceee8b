using Distributed.Client.Selection;
using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Selection;

public sealed class SelectionTests
{
    private static readonly SweepState State = SampleSweep.Picture().State;

    [Fact]
    public void The_front_is_shown_from_fast_to_slow() =>
        Assert.Equal([4, 2, 1, 0], FrontView.Of(State).Models.Select(trial => trial.Id.Number));

    [Fact]
    public void The_knee_has_the_least_sum_of_scaled_losses()
    {
        // Losses scaled over the front (accuracy 0.80…0.96, ratio 0.3…1): 4: 1+0; 2: 0.1875+0.2143; 1: 0.0625+0.4286; 0: 0+1.
        Assert.Equal(2, FrontView.Of(State).Knee!.Id.Number);
    }

    [Fact]
    public void Equal_knees_go_to_the_more_accurate()
    {
        TrialState[] front = [Trial(1, 0.8, 0.4), Trial(2, 0.9, 0.7)];
        Assert.Equal(2, Knee.Of(front, SampleSweep.Spec.Objectives, (trial, metric) => trial.Measurement!.Of(metric))!.Id.Number);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.3, 4)]
    [InlineData(1.0, 0)]
    public void Max_latency_ratio_takes_the_most_accurate_that_is_fast_enough(double ratio, int trial) =>
        Assert.Equal(trial, Assert.Single(new ModelChoice.Fast(ratio).In(State)).Id.Number);

    [Theory]
    [InlineData(0.9, 2)]
    [InlineData(0.8, 4)]
    [InlineData(0.94, 1)]
    public void Min_accuracy_takes_the_fastest_that_is_accurate_enough(double accuracy, int trial) =>
        Assert.Equal(trial, Assert.Single(new ModelChoice.Accurate(accuracy).In(State)).Id.Number);

    [Fact]
    public void A_wish_that_nothing_fulfils_tells_the_nearest()
    {
        Assert.Equal("The fastest has 0.3.", Assert.Throws<InvalidInputException>(() => new ModelChoice.Fast(0.1).In(State)).Remedy);
        Assert.Equal("The best has 0.96.", Assert.Throws<InvalidInputException>(() => new ModelChoice.Accurate(0.99).In(State)).Remedy);
        Assert.Throws<InvalidInputException>(() => new ModelChoice.OfTrial(new(99)).In(State));
        Assert.Throws<InvalidInputException>(() => new ModelChoice.OfTrial(new(5)).In(State));
    }

    [Fact]
    public void A_trial_off_the_front_can_be_taken_by_its_number() =>
        Assert.Equal(3, Assert.Single(new ModelChoice.OfTrial(new(3)).In(State)).Id.Number);

    [Fact]
    public void Violations_are_relative_to_their_bounds_and_add_up()
    {
        Constraint[] bounds = [new(Metric.Accuracy, AtLeast: 0.9), new(Metric.LatencyRatio, AtMost: 0.5)];
        Assert.Equal((0.1 / 0.9) + (0.1 / 0.5), Feasibility.Violation(SampleSweep.Measured(0.8, 0.6), bounds), 12);
        Assert.Equal(0, Feasibility.Violation(SampleSweep.Measured(0.9, 0.5), bounds));
        Assert.Equal("accuracy 0.8, asked at least 0.9", Feasibility.Missed(SampleSweep.Measured(0.8, 0.5), bounds));
    }

    private static TrialState Trial(int number, double accuracy, double ratio) =>
        new() { Id = new(number), Status = TrialStatus.Completed, Measurement = SampleSweep.Measured(accuracy, ratio) };
}
