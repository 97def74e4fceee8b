namespace Distributed.Sweeps.Tests;

/// <summary>Leaving branches out, as the search predicts it: which go, what is then left to prune, and what it costs.</summary>
public sealed class DepthsTests
{
    /// <summary>A stem, and two branches with a family each beside the stream's: "inner1" (8 wide) and "inner2" (16 wide).</summary>
    private static ModelProfile Residual { get; } = new()
    {
        Families = [new("stem", 4, [2, 4]), new("inner1", 8, [2, 4, 8]), new("inner2", 16, [4, 8, 16])],
        Operators =
        [
            Layer("stem", new(3, []), 0), Layer("down1", Of(0), 1), Layer("up1", Of(1), 0), Layer("down2", Of(0), 2), Layer("up2", Of(2), 0),
            Layer("head", Of(0), null),
        ],
        Surfaces = [new("layer", [0, 100], [0, 100], [0, 50, 50, 100])],
        Scores = [new("l1", [[.. Enumerable.Repeat(1.0, 4)], [.. Enumerable.Repeat(5.0, 8)], [.. Enumerable.Repeat(2.0, 16)]])],
        Branches = [new("add2", 0.1, ["down2", "up2", "add2"]), new("add1", 0.5, ["down1", "up1", "add1"])],
        FixedBytes = 100,
        DenseMs = 2,
        Int8FixedBytes = 50,
    };

    private static WidthExpression Of(int family) => new(0, [new(family, 1)]);

    private static OperatorProfile Layer(string name, WidthExpression input, int? output) => new()
    {
        Name = name,
        Operator = "Conv",
        Input = input,
        Output = output is { } family ? Of(family) : new(10, []),
        MacsPerPair = 2,
        ParametersPerPair = 1,
        Surface = "layer",
    };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.24, 0)]
    [InlineData(0.25, 1)]
    [InlineData(0.5, 1)]
    [InlineData(0.75, 2)]
    [InlineData(1, 2)]
    public void The_ratio_counts_branches_from_the_one_that_matters_least(double ratio, int count) =>
        Assert.Equal(new[] { "add2", "add1" }.Take(count), Depths.LeftOut(Residual, Candidate(("depth-ratio", ratio))));

    [Fact]
    public void What_is_left_costs_what_its_operators_cost_relative_to_the_whole_model()
    {
        var costs = new CostModel(Residual).Costs(Candidate(("depth-ratio", 0.5)));
        const int parameters = (3 * 4) + (4 * 8) + (8 * 4) + (4 * 10), left = 3 + 4 + 4 + 8 + 8 + 4 + 4 + 10, whole = left + 4 + 16 + 16 + 4;
        Assert.Equal((2 * parameters, parameters, 100 + (4 * parameters)), (costs.Macs, costs.Parameters, costs.Bytes));
        Assert.Equal(left / (double)whole, costs.LatencyRatio, 12);
        Assert.Equal(2 * left / (double)whole, costs.LatencyMs, 12);
        Assert.Equal(1, new CostModel(Residual).Costs(Candidate(("depth-ratio", 0.0))).LatencyRatio, 12);
    }

    /// <summary>Float times and those of 8 bits each stand relative to their own whole model.</summary>
    [Fact]
    public void So_does_an_int8_file()
    {
        var profile = Residual with { Int8 = new(0.5, [.. Residual.Operators.Select(op => op with { Surface = "bytes" })]), Surfaces = [.. Residual.Surfaces, new("bytes", [1], [0, 100], [0, 100])] };
        var costs = new CostModel(profile).Costs(Candidate(("depth-ratio", 0.5), ("precision", "int8")));
        Assert.Equal(0.5 * (4 + 8 + 4 + 10) / (4 + 8 + 4 + 16 + 4 + 10), costs.LatencyRatio, 12);
        Assert.Equal(50 + 116 + (12 * 26) + (5 * (4 + 8 + 10)), costs.Bytes);
    }

    /// <summary>What operators lose by being timed alone is lost by those that are left; what starting a run takes stays whole.</summary>
    [Theory]
    [InlineData(-20)]
    [InlineData(20)]
    public void A_remainder_below_zero_shrinks_with_what_is_left(double remainder)
    {
        var one = new WidthExpression(1, []);
        var profile = Residual with
        {
            Operators = [.. Residual.Operators, new() { Name = "(remainder)", Operator = "", Input = one, Output = one, Surface = "remainder" }],
            Surfaces = [.. Residual.Surfaces, new("remainder", [1], [1], [remainder])],
        };
        const double whole = 3 + 4 + 4 + 8 + 8 + 4 + 4 + 16 + 16 + 4 + 4 + 10, left = whole - 40;
        double rest = remainder < 0 ? remainder * (left / 2) / (whole / 2) : remainder;
        Assert.Equal(((left / 2) + rest) / ((whole / 2) + remainder), new CostModel(profile).Costs(Candidate(("depth-ratio", 0.5))).LatencyRatio, 12);
    }

    [Fact]
    public void Families_of_branches_that_are_gone_take_no_part_in_ranking()
    {
        var candidate = Candidate(("depth-ratio", 0.5), ("ratio", 0.5), ("ranking", "global"));
        Assert.Equal([true, true, false], Depths.HasFamilies(Residual, candidate));
        // Half of the twelve units that are left: four of the stem, two of the first branch; one width each is the nearest.
        Assert.Equal([2, 8, 0], Depths.Widths(Residual, candidate));
        Assert.Equal([2, 8, 16], WidthAllocation.For(Residual, candidate));
        Assert.Equal([2, 8, 8], Depths.Widths(Residual, candidate.With("depth-ratio", 0)));
    }

    /// <summary>Importance as in the profile: the stem's units are the cheapest by far, and time is the same for all.</summary>
    [Theory]
    [InlineData("local", 2, 4)]
    [InlineData("global", 2, 8)]
    [InlineData("per-microsecond", 2, 8)]
    public void However_families_are_ranked_those_that_are_left_are_pruned_and_the_gone_one_keeps_its_width(string ranking, int stem, int inner) =>
        Assert.Equal([stem, inner, 16], WidthAllocation.For(Residual, Candidate(("depth-ratio", 0.5), ("ratio", ranking == "local" ? 0.5 : 0.2), ("ranking", ranking))));

    [Fact]
    public void Candidates_that_come_to_the_same_network_are_one()
    {
        Assert.Equal(Form(("depth-ratio", 0.3), ("ratio", 0.5)), Form(("depth-ratio", 0.6), ("ratio", 0.5)));
        Assert.Equal(Form(("depth-ratio", 0.5), ("ratio/inner2", 0.75)), Form(("depth-ratio", 0.5), ("ratio/inner2", 0.0)));
        Assert.NotEqual(Form(("depth-ratio", 0.0), ("ratio", 0.5)), Form(("depth-ratio", 0.5), ("ratio", 0.5)));
        Assert.Equal(Form(("ratio", 0.5)), Form(("depth-ratio", 0.2), ("ratio", 0.5)));
        Assert.Equal(Form(("depth-ratio", 0.5), ("criterion", "l1")), Form(("depth-ratio", 0.5), ("criterion", "taylor")));
        Assert.NotEqual(Form(("sparsity", "2:4"), ("criterion", "l1")), Form(("sparsity", "2:4"), ("criterion", "taylor")));
        // Steps share the epochs out, also where nothing but branches goes.
        Assert.NotEqual(Form(("depth-ratio", 0.5), ("steps", 1)), Form(("depth-ratio", 0.5), ("steps", 2)));
    }

    [Fact]
    public void A_profile_of_an_earlier_version_has_no_branches_and_leaves_none_out()
    {
        var old = SweepJson.Read<ModelProfile>(SweepJson.Write(Profiles.Small).Replace(",\"branches\":[]", "", StringComparison.Ordinal));
        Assert.Empty(old.Branches);
        Assert.Equal(0, Depths.Of(old, Candidate(("depth-ratio", 1.0))));
    }

    private static Candidate Candidate(params (string, ParameterValue)[] values) => Profiles.Candidate(values);

    private static string Form(params (string, ParameterValue)[] values) => new CostModel(Residual).Canonical(Candidate(values));
}
