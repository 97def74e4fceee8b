using CsCheck;

namespace Distributed.Search.Tests;

public sealed class EarlyStoppingTests
{
    private static readonly EarlyStoppingSpec Spec = new() { Reduction = 3, Grace = 4 };

    [Fact]
    public void The_worst_of_enough_is_given_up_with_a_reason_that_names_a_better_one()
    {
        string? reason = Decide(At(9, 0.40, 0.6), [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7), At(4, 0.55, 0.55)]);

        Assert.Equal("Rung 1: accuracy 0.4 at latency ratio 0.6 is place 5 of 5 and 2 go on; trial 1 had 0.5 at latency ratio 0.5.", reason);
    }

    [Fact]
    public void A_poor_accuracy_is_no_reason_when_nothing_as_cheap_is_better() =>
        Assert.Null(Decide(At(9, 0.20, 0.1), [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7), At(4, 0.8, 0.8)]));

    [Fact]
    public void While_fewer_than_grace_have_been_there_everyone_goes_on() =>
        Assert.Null(Decide(At(9, 0.01, 0.9), [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7)]));

    [Fact]
    public void Switched_off_nobody_is_given_up() => Assert.Null(EarlyStopping.Decide(
        Spec with { Enabled = false }, PruningToy.TwoObjectives, At(9, 0.01, 0.9), [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7), At(4, 0.8, 0.8)]));

    [Fact]
    public void Other_rungs_and_the_trial_itself_do_not_count() => Assert.Null(Decide(
        At(9, 0.01, 0.9), [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7), At(4, 0.8, 0.8, rung: 2), At(9, 0.9, 0.1)]));

    [Fact]
    public void Without_known_costs_accuracy_alone_decides() =>
        Assert.Equal([true, true, false, false, false, false], Enumerable.Range(1, 6).Select(i => GoesOn(i, [.. Enumerable.Range(1, 6).Select(k => At(k, 1.0 - (0.1 * k), null))])));

    /// <summary>The worst of five in accuracy may have the smallest file.</summary>
    [Fact]
    public void Where_only_the_finished_file_tells_an_objective_everyone_goes_on() => Assert.Null(EarlyStopping.Decide(
        Spec,
        [new(Metric.Accuracy, Direction.Maximize), new(Metric.CompressedBytes, Direction.Minimize)],
        At(9, 0.01, 0.9),
        [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7), At(4, 0.8, 0.8), At(5, 0.9, 0.8)]));

    [Fact]
    public void An_accuracy_that_is_not_finite_is_given_up() =>
        Assert.Contains("not a finite", Decide(At(9, double.NaN, 0.1), [At(1, 0.5, 0.5), At(2, 0.6, 0.6), At(3, 0.7, 0.7), At(4, 0.8, 0.8)]), StringComparison.Ordinal);

    [Fact]
    public void A_trial_that_may_still_reach_the_front_is_kept_whatever_its_place()
    {
        RungStanding[] peers = [.. Enumerable.Range(1, 8).Select(i => At(i, 0.5 + (0.02 * i), 0.4 + (0.05 * i)) with { Final = i % 2 == 0 ? 0.9 : 0.7 })];

        Assert.Null(Decide(At(9, 0.60, 0.85), peers));
        Assert.NotNull(Decide(Spec with { Protection = 0 }, At(9, 0.60, 0.85), peers));
        Assert.NotNull(Decide(At(9, 0.60, 0.85), [.. peers, At(10, 0.95, 0.3) with { Final = 0.99 }]));
    }

    [Fact]
    public void Without_completed_peers_nothing_is_kept_for_its_prospects() =>
        Assert.NotNull(Decide(At(9, 0.40, 0.6), [At(1, 0.5, 0.5), At(2, 0.6, 0.55), At(3, 0.7, 0.5), At(4, 0.55, 0.55)]));

    [Fact]
    public void The_median_rule_gives_up_what_is_below_the_median_of_its_neighbours_in_cost()
    {
        RungStanding[] peers = [At(1, 0.3, 0.2), At(2, 0.32, 0.22), At(3, 0.34, 0.24), At(4, 0.7, 0.8), At(5, 0.72, 0.82), At(6, 0.74, 0.84), At(7, 0.3, 0.26), At(8, 0.76, 0.79)];
        var median = Spec with { Rule = "median" };

        Assert.Null(Decide(median, At(9, 0.33, 0.25), peers));
        Assert.Equal(
            "Rung 1: accuracy 0.5 at latency ratio 0.83 is below 0.73, the median of the 4 nearest in cost; trial 4 had 0.7 at latency ratio 0.8.",
            Decide(median, At(9, 0.5, 0.83), peers));
    }

    [Fact]
    public void The_median_of_all_counts_where_costs_are_not_known()
    {
        RungStanding[] peers = [.. Enumerable.Range(1, 5).Select(i => At(i, i / 10.0, null))];
        var median = Spec with { Rule = "median" };

        Assert.Null(Decide(median, At(9, 0.3, null), peers));
        Assert.NotNull(Decide(median, At(9, 0.29, null), peers));
    }

    [Fact]
    public void A_rule_that_is_not_registered_is_named_with_the_nearest()
    {
        var error = Assert.Throws<InvalidInputException>(() => StoppingRules.Check("halfing"));

        Assert.Equal("early-stopping.rule", error.Place);
        Assert.Contains("halving", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_prospect_rule_gives_up_what_cannot_reach_the_front_and_halves_while_it_cannot_tell()
    {
        var prospect = Spec with { Rule = "prospect" };
        RungStanding[] peers = [.. Enumerable.Range(1, 6).Select(i => At(i, 0.5 + (0.02 * i), 0.4 + (0.05 * i)) with { Final = 0.7 + (0.02 * i) })];

        Assert.EndsWith("is not expected to reach the front; trial 1 had 0.52 at latency ratio 0.45.", Decide(prospect, At(9, 0.3, 0.85), peers));
        Assert.EndsWith("is place 7 of 7 and 3 go on; trial 1 had 0.52 at latency ratio 0.45.", Decide(prospect, At(9, 0.3, 0.85), [.. peers.Select(peer => peer with { Final = null })]));
    }

    [Fact]
    public void At_least_one_in_eta_goes_on_and_the_first_front_always_does() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[1, 9]).Array[5, 20].Sample(values =>
        {
            RungStanding[] all = [.. values.Select((value, i) => At(i + 1, value.Item1 / 9.0, value.Item2 / 9.0))];
            bool[] goOn = [.. all.Select(one => GoesOn(one.Trial.Number, all))];
            bool First(RungStanding one) => !all.Any(other => other.Report.Accuracy >= one.Report.Accuracy
                && other.Costs!.LatencyRatio <= one.Costs!.LatencyRatio && (other.Report.Accuracy, other.Costs.LatencyRatio) != (one.Report.Accuracy, one.Costs.LatencyRatio));
            return goOn.Count(on => on) >= Math.Ceiling(all.Length / 3.0) && all.Zip(goOn).All(pair => !First(pair.First) || pair.Second);
        });

    private static bool GoesOn(int trial, RungStanding[] all) => Decide(all.Single(one => one.Trial.Number == trial), all) is null;

    private static string? Decide(RungStanding trial, RungStanding[] peers) => Decide(Spec, trial, peers);

    private static string? Decide(EarlyStoppingSpec spec, RungStanding trial, RungStanding[] peers) =>
        EarlyStopping.Decide(spec, PruningToy.TwoObjectives, trial, peers);

    private static RungStanding At(int trial, double accuracy, double? latency, int rung = 1) =>
        new(new(trial), new(rung, 0.5, accuracy), latency is { } ratio ? new KnownCosts(ratio, 10 * ratio, 1, 1, 1) : null);
}
