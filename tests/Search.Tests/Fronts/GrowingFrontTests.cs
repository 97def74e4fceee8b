using CsCheck;

namespace Distributed.Search.Tests;

public sealed class GrowingFrontTests
{
    private static readonly Observation Dense = new(TrialId.Dense, null, PruningToy.Dense);

    [Fact]
    public void Trial_by_trial_it_is_the_front_of_all_of_them() => Trials.Sample(trials =>
    {
        IReadOnlyList<Objective> objectives = PruningToy.TwoObjectives;
        Constraint[] constraints = [new(Metric.Accuracy, AtLeast: 0.2)];
        var growing = GrowingFront.Of(objectives, constraints, Dense);
        for (int i = 0; i < trials.Length; i++)
        {
            growing = growing.With(trials[i]);
            var front = Front.Of(objectives, constraints, [Dense, .. trials[..(i + 1)]]);
            Assert.Equal(front.Members.Select(member => member.Trial), growing.Trials);
            Assert.Equal(front.Hypervolume, growing.Hypervolume);
        }
    });

    [Theory]
    [InlineData(Metric.Accuracy)]
    [InlineData(Metric.Accuracy, Metric.Macs)]
    [InlineData(Metric.Macs, Metric.Accuracy)]
    [InlineData(Metric.Accuracy, Metric.LatencyRatio, Metric.Macs)]
    public void The_same_holds_of_other_objectives(params Metric[] metrics) => Trials.Sample(trials =>
    {
        Objective[] objectives = [.. metrics.Select(metric => new Objective(metric, metric == Metric.Accuracy ? Direction.Maximize : Direction.Minimize))];
        var front = Front.Of(objectives, [], [Dense, .. trials]);
        var growing = trials.Aggregate(GrowingFront.Of(objectives, [], Dense), (grown, trial) => grown.With(trial));
        Assert.Equal(front.Members.Select(member => member.Trial), growing.Trials);
        Assert.Equal(front.Hypervolume, growing.Hypervolume, 1e-9);
    });

    [Fact]
    public void A_trial_that_changes_nothing_leaves_the_same_front()
    {
        var front = GrowingFront.Of(PruningToy.TwoObjectives, [], Dense);
        Assert.Same(front, front.With(Trial(1, 0.1, 1, 1)));
        Assert.Same(front, front.With(Trial(2, double.NaN, 0.5, 1)));
        Assert.Same(front, front.With(new(new(3), new([]), null, [])));
        Assert.Equal([new(4), TrialId.Dense], front.With(Trial(4, 0.5, 0.5, 1)).Trials);
    }

    private static Gen<Observation[]> Trials { get; } = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[0, 5]).Array[0, 30]
        .Select(points => points.Select((point, i) => Trial(i + 1, point.Item1 / 12.0, point.Item2 / 11.0, point.Item3)).ToArray());

    private static Observation Trial(int number, double accuracy, double ratio, double macs) =>
        new(new(number), new([]), new ObservedValues { Accuracy = accuracy, LatencyRatio = ratio, Macs = macs });
}
