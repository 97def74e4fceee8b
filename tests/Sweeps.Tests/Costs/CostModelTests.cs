using CsCheck;

namespace Distributed.Sweeps.Tests;

public sealed class CostModelTests
{
    private static readonly CostModel Model = new(Profiles.Small);

    [Fact]
    public void The_dense_model_costs_what_is_counted_by_hand()
    {
        var costs = Model.At([16, 32]);

        Assert.Equal((3 * 16 * 900) + (16 * 32 * 225) + (128 * 10), costs.Macs);
        Assert.Equal((3 * 16 * 9) + (16 * 32 * 9) + (128 * 10) + 10, costs.Parameters);
        Assert.Equal(500 + (4 * costs.Parameters), costs.Bytes);
        Assert.Equal(1, costs.LatencyRatio);
        Assert.Equal(4, costs.LatencyMs);
    }

    [Fact]
    public void Latency_is_the_sum_of_the_surfaces_between_their_points()
    {
        // The surface is 20·i/32 + 10·o/32 + 80·i·o/1024, which bilinear interpolation gives exactly.
        static double Surface(double i, double o) => (20 * i / 32) + (10 * o / 32) + (80 * i * o / 1024);
        double dense = Surface(3, 16) + Surface(16, 32);

        Assert.Equal((Surface(3, 8) + Surface(8, 16)) / dense, Model.At([8, 16]).LatencyRatio, 1e-12);
    }

    [Fact]
    public void Widths_outside_the_timed_ones_are_taken_to_the_nearest()
    {
        var narrow = new CostModel(Profiles.Small with { Surfaces = [new("conv", [8, 12], [8, 12], [1, 2, 3, 4])] });

        // conv-a takes (3, 16) to (8, 12) and conv-b (16, 32) to (12, 12); at widths 8 both lie at (8, 8).
        Assert.Equal((1.0 + 1) / (2 + 4), narrow.At([8, 8]).LatencyRatio, 1e-12);
    }

    [Fact]
    public void Narrower_is_never_more() => Gen.Select(Gen.Double[0, 0.99], Gen.Double[0, 0.99]).Sample((a, b) =>
    {
        var more = Model.Costs(Profiles.Candidate(("ratio", Math.Min(a, b))));
        var less = Model.Costs(Profiles.Candidate(("ratio", Math.Max(a, b))));
        return less.LatencyRatio <= more.LatencyRatio && less.Macs <= more.Macs && less.Bytes <= more.Bytes;
    });

    [Fact]
    public void Ratios_that_give_the_same_widths_are_the_same_trial()
    {
        Assert.Equal(Form(("ratio", 0.5)), Form(("ratio", 0.51)));
        Assert.Equal(Form(("ratio", 0.5)), Form(("ratio/a", 0.5), ("ratio/b", 0.5), ("ranking", "local")));
        Assert.NotEqual(Form(("ratio", 0.5)), Form(("ratio", 0.9)));
        Assert.NotEqual(Form(("ratio", 0.5), ("criterion", "l1")), Form(("ratio", 0.5), ("criterion", "taylor")));
    }

    [Fact]
    public void Parameters_without_effect_are_left_out()
    {
        Assert.Equal(Form(("ratio", 0.0), ("criterion", "l1"), ("steps", 1)), Form(("ratio", 0.0), ("criterion", "taylor"), ("steps", 4)));
        Assert.Equal(Form(("epochs", 0.0), ("learning-rate", 0.1)), Form(("epochs", 0.0), ("learning-rate", 0.2)));
        Assert.NotEqual(Form(("epochs", 1.0), ("learning-rate", 0.1)), Form(("epochs", 1.0), ("learning-rate", 0.2)));
        Assert.Equal(Form(("weight-bits", 3)), Form(("weight-bits", 5)));
        Assert.Equal(Form(("precision", "int8")), Form(("precision", "int8"), ("weight-bits", 8)));
        Assert.NotEqual(Form(("precision", "int8"), ("weight-bits", 3)), Form(("precision", "int8"), ("weight-bits", 5)));
        Assert.Equal(Form(("epochs", 0.0), ("cutmix", 0.5), ("restarts", 1)), Form(("epochs", 0.0), ("cutmix", 0.1), ("restarts", 2)));
    }

    [Fact]
    public void Without_a_teacher_nothing_of_distillation_counts()
    {
        Assert.Equal(Form(("distillation", 0.0), ("temperature", 2.0), ("teacher", "dense")), Form(("distillation", 0.0), ("temperature", 4.0), ("teacher", "progressive")));
        Assert.NotEqual(Form(("distillation", 0.5), ("temperature", 2.0)), Form(("distillation", 0.5), ("temperature", 4.0)));
        Assert.NotEqual(Form(("distillation", 0.5), ("teacher", "dense")), Form(("distillation", 0.5), ("teacher", "progressive")));
    }

    /// <summary>2:4 takes half of the weights of every group, whatever the ratio; unstructured sparsity goes by ratio and ranking.</summary>
    [Fact]
    public void Ratio_and_ranking_of_single_weights_count_where_sparsity_is_unstructured()
    {
        Assert.Equal(Form(("sparsity", "2:4"), ("sparsity-ratio", 0.2)), Form(("sparsity", "2:4"), ("sparsity-ratio", 0.7)));
        Assert.NotEqual(Form(("sparsity", "unstructured"), ("sparsity-ratio", 0.2)), Form(("sparsity", "unstructured"), ("sparsity-ratio", 0.7)));
        Assert.NotEqual(Form(("sparsity", "unstructured"), ("ranking", "local")), Form(("sparsity", "unstructured"), ("ranking", "global")));
        Assert.Equal(Form(("sparsity", "2:4"), ("ranking", "local")), Form(("sparsity", "2:4"), ("ranking", "global")));
    }

    /// <summary>int8 of the dense model takes 0.5 of the time; of what its own surface says, (2 · 8 + 10) ÷ (4 · 8 + 10) is left at half the width.</summary>
    [Fact]
    public void An_int8_file_is_predicted_by_its_own_operators_and_the_measured_ratio_of_the_dense_one()
    {
        var op = Profiles.Small.Operators[0] with { Surface = "int8" };
        var profile = Profiles.Small with
        {
            Int8 = new(0.5, [op, new() { Name = "rest", Operator = "", Input = new(1, []), Output = new(1, []), Surface = "rest" }]),
            Surfaces = [.. Profiles.Small.Surfaces, new("int8", [3], [8, 16], [16, 32]), new("rest", [1], [1], [10])],
        };
        var model = new CostModel(profile);
        var dense = model.Costs(Profiles.Candidate(("ratio", 0.0), ("precision", "int8")));
        Assert.Equal((0.5, 2), (dense.LatencyRatio, dense.LatencyMs));
        Assert.Equal(0.5 * 26 / 42, model.Int8Ratio([8, 32])!.Value, 12);
        var half = model.Costs(Profiles.Candidate(("ratio", 0.5), ("precision", "int8")));
        Assert.Equal(0.5 * 26 / 42, half.Of(Metric.LatencyRatio)!.Value, 12);
        Assert.Equal(new CostModel(Profiles.Small).Costs(Profiles.Candidate(("ratio", 0.5))), model.Costs(Profiles.Candidate(("ratio", 0.5))));
        Assert.Null(new CostModel(Profiles.Small).Costs(Profiles.Candidate(("ratio", 0.5), ("precision", "int8"))).Of(Metric.LatencyRatio));
    }

    private static string Form(params (string, ParameterValue)[] values) => Model.Canonical(Profiles.Candidate(values));
}
