using CsCheck;

namespace Distributed.Search.Tests;

public sealed class FrontTests
{
    private static readonly IReadOnlyList<Objective> Objectives = PruningToy.TwoObjectives;

    [Fact]
    public void Equal_measurements_do_not_dominate_each_other() =>
        Assert.Equal([1, 2], Numbers(Front.Of(Objectives, [], [Trial(1, 0.9, 0.5), Trial(2, 0.9, 0.5)])));

    [Fact]
    public void Members_ascend_in_latency_and_dominated_trials_are_left_out() =>
        Assert.Equal([3, 1, 2], Numbers(Front.Of(Objectives, [], [Trial(1, 0.9, 0.5), Trial(2, 0.95, 0.8), Trial(3, 0.7, 0.3), Trial(4, 0.89, 0.6)])));

    [Fact]
    public void No_member_is_dominated_and_every_other_trial_is() => Trials.Sample(trials =>
    {
        var front = Front.Of(Objectives, [], trials);
        bool Dominated(Observation one, IEnumerable<Observation> by) => by.Any(other => other.Values!.Accuracy >= one.Values!.Accuracy
            && other.Values.LatencyRatio <= one.Values.LatencyRatio && other.Values != one.Values);
        return front.Members.All(member => !Dominated(member, trials))
            && trials.Except(front.Members).All(trial => Dominated(trial, front.Members));
    });

    [Fact]
    public void The_hypervolume_counts_from_half_the_dense_accuracy_and_a_tenth_above_its_latency()
    {
        var front = Front.Of(Objectives, [], [new(TrialId.Dense, null, PruningToy.Dense), Trial(1, 0.9, 0.5)]);

        Assert.Equal([0.475, 1.1], front.Reference);
        Assert.Equal((0.6 * (0.9 - 0.475)) + (0.1 * 0.05), front.Hypervolume, 1e-12);
    }

    [Fact]
    public void A_given_reference_is_used_as_it_is() =>
        Assert.Equal([0.475, 0.9], Front.Of([Objectives[0], Objectives[1] with { Reference = 0.9 }], [], [new(TrialId.Dense, null, PruningToy.Dense)]).Reference);

    [Fact]
    public void What_is_slower_than_the_dense_model_is_never_on_the_front() =>
        Assert.Equal([0], Numbers(Front.Of(Objectives, [], [new(TrialId.Dense, null, PruningToy.Dense), Trial(1, 0.99, 1.01)])));

    [Fact]
    public void What_breaks_a_constraint_is_not_on_the_front_and_the_nearest_is_named_when_all_do()
    {
        Constraint[] constraints = [new(Metric.Accuracy, AtLeast: 0.8), new(Metric.LatencyRatio, AtMost: 0.4)];

        Assert.Equal([2], Numbers(Front.Of(Objectives, constraints, [Trial(1, 0.9, 0.5), Trial(2, 0.8, 0.4)])));
        var none = Front.Of(Objectives, constraints, [Trial(1, 0.9, 0.5), Trial(2, 0.7, 0.4), Trial(3, 0.79, 0.39)]);
        Assert.Empty(none.Members);
        Assert.Equal(0, none.Hypervolume);
        Assert.Null(none.Knee);
        Assert.Equal(3, none.LeastInfeasible!.Trial.Number);
    }

    [Fact]
    public void Values_that_are_not_finite_and_trials_without_values_are_passed_over() => Assert.Equal(
        [3], Numbers(Front.Of(Objectives, [], [Trial(1, double.NaN, 0.1), new(new(2), new([]), null, []), Trial(3, 0.5, 0.9)])));

    [Fact]
    public void The_knee_bends_the_front_most() => Assert.Equal(
        2, Front.Of(Objectives, [], [Trial(1, 0.5, 0.2), Trial(2, 0.9, 0.3), Trial(3, 0.92, 0.6), Trial(4, 0.95, 0.9)]).Knee!.Trial.Number);

    [Fact]
    public void The_knee_of_two_is_the_more_accurate() =>
        Assert.Equal(2, Front.Of(Objectives, [], [Trial(1, 0.5, 0.2), Trial(2, 0.9, 0.8)]).Knee!.Trial.Number);

    [Fact]
    public void Three_objectives_are_ordered_and_measured_too()
    {
        Objective[] three = [.. Objectives, new(Metric.Macs, Direction.Minimize, Reference: 10)];
        Observation[] trials = [new(TrialId.Dense, null, PruningToy.Dense), Trial(1, 0.9, 0.5, 5), Trial(2, 0.8, 0.5, 2)];

        var front = Front.Of(three, [], trials);

        Assert.Equal([1, 2, 0], Numbers(front));
        Assert.Equal(0.6 * ((0.425 * 5) + (0.325 * 3)), front.Hypervolume, 1e-12);
    }

    private static Gen<Observation[]> Trials => Gen.Select(Gen.Int[0, 6], Gen.Int[1, 6]).Array[1, 25]
        .Select(values => values.Select((value, i) => Trial(i + 1, value.Item1 / 6.0, value.Item2 / 6.0)).ToArray());

    private static int[] Numbers(Front front) => [.. front.Members.Select(member => member.Trial.Number)];

    private static Observation Trial(int number, double accuracy, double latency, double macs = 1) => new(
        new(number), new([KeyValuePair.Create<string, ParameterValue>("number", number)]),
        new ObservedValues { Accuracy = accuracy, LatencyRatio = latency, Macs = macs });
}
