using CsCheck;
using Distributed.Search;

namespace Distributed.Grains.Tests;

public sealed class FrontFoldTests
{
    private static readonly SweepSpec Plain = new() { Name = new("front"), Model = new(), Dataset = new() { Format = "shapes" }, Space = new([]), Budget = new() };

    [Fact]
    public void What_moves_in_a_front_one_after_the_other_gives_the_front_of_all() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[1, 14]).List[0, 60].Sample(values =>
        {
            var dense = StubSilo.StubModel.Measure(null);
            List<(TrialId Trial, TrialOutcome Outcome)> closed = [(TrialId.Dense, new TrialOutcome.Prepared(dense, StubSilo.StubModel.Profile, SimulatedWorker.Files))];
            foreach (var (accuracy, ratio) in values)
                closed.Add((new(closed.Count), new TrialOutcome.Completed(dense with { Accuracy = 0.5 + (0.04 * accuracy), Latency = dense.Latency with { Ratio = 0.1 * ratio } }, SimulatedWorker.Files, 1)));
            FrontFold fold = new();
            SweepState state = new();
            foreach (var (trial, outcome) in closed)
            {
                var moved = fold.After(Plain, trial, outcome);
                fold.Take(Plain, trial, outcome);
                if (moved is not null) state.Apply(new(state.Next, default, moved));
            }

            var all = Front.Of(Plain.Objectives, Plain.Constraints, closed.Select(one => Observation(one.Trial, one.Outcome)).Where(one => one.Values!.LatencyRatio <= 1));
            Assert.Equal(all.Members.Select(member => member.Trial), state.Front);
            Assert.Equal(fold.Hypervolume, state.Hypervolume);
        });

    [Theory]
    [InlineData(1.003, true)]
    [InlineData(1.06, false)]
    public void Where_latency_is_no_objective_the_noise_of_its_measurement_keeps_no_model_out(double ratio, bool joins)
    {
        var spec = Plain with { Objectives = [new(Metric.Accuracy, Direction.Maximize), new(Metric.CompressedBytes, Direction.Minimize)] };
        var dense = StubSilo.StubModel.Measure(null) with { CompressedBytes = 1000 };
        var sparse = dense with { CompressedBytes = 500, Latency = dense.Latency with { Ratio = ratio } };
        TrialOutcome completed = new TrialOutcome.Completed(sparse, SimulatedWorker.Files, 1);
        Assert.Equal(joins, After(spec, dense, completed) is not null);
        Assert.Null(After(spec with { Objectives = [.. spec.Objectives, new(Metric.LatencyRatio, Direction.Minimize)] }, dense, completed));
    }

    /// <summary>"At most half the multiply-accumulates": what the dense model cannot keep.</summary>
    [Fact]
    public void A_dense_model_that_breaks_a_constraint_begins_an_empty_front()
    {
        var dense = StubSilo.StubModel.Measure(null);
        var spec = Plain with { Constraints = [new(Metric.Macs, AtMost: dense.Macs / 2)] };
        FrontFold fold = new();
        TrialOutcome prepared = new TrialOutcome.Prepared(dense, StubSilo.StubModel.Profile, SimulatedWorker.Files);
        Assert.Null(fold.After(spec, TrialId.Dense, prepared));
        fold.Take(spec, TrialId.Dense, prepared);
        Assert.Equal(0, fold.Hypervolume);
        var small = dense with { Macs = dense.Macs / 4, Latency = dense.Latency with { Ratio = 0.5 } };
        Assert.Equal(0, fold.After(spec, new(1), new TrialOutcome.Completed(small, SimulatedWorker.Files, 1))!.At);
    }

    private static SweepRecord.FrontMoved? After(SweepSpec spec, Measurement dense, TrialOutcome completed)
    {
        FrontFold fold = new();
        fold.Take(spec, TrialId.Dense, new TrialOutcome.Prepared(dense, StubSilo.StubModel.Profile, SimulatedWorker.Files));
        return fold.After(spec, new(1), completed);
    }

    private static Observation Observation(TrialId trial, TrialOutcome outcome) => new(
        trial, null, ObservedValues.Of(outcome is TrialOutcome.Prepared prepared ? prepared.Measurement : ((TrialOutcome.Completed)outcome).Measurement));
}
