namespace Distributed.Sweeps.Tests;

/// <summary>Ranking per microsecond, closures, and what hardware asks for: each changes what <see cref="WidthAllocation"/> answers.</summary>
public sealed class RankingTests
{
    /// <summary>Two families of four equally important units each; a unit of "slow" saves 9 µs, one of "fast" 1 µs.</summary>
    private static ModelProfile TwoSpeeds { get; } = new()
    {
        Families = [new("fast", 4, [1, 2, 3, 4]), new("slow", 4, [1, 2, 3, 4])],
        Operators = [Operator("fast", 0), Operator("slow", 1)],
        Surfaces = [new("fast", [1], [0, 4], [0, 4]), new("slow", [1], [0, 4], [0, 36])],
        Scores = [new("l1", [[1, 1, 1, 1], [1, 1, 1, 1]])],
        DenseMs = 1,
    };

    /// <summary>A layer of 4 heads of 8 places that both closures can prune, and a family beside it.</summary>
    private static ModelProfile Heads { get; } = new()
    {
        Families = [new("query", 8, [2, 4, 8], Closures.InsideGroups), new("query@whole-groups", 4, [1, 2, 4], Closures.WholeGroups), new("mlp", 16, [4, 8, 16])],
        Operators =
        [
            Operator("query", 0) with { Output = new(0, [new(0, 4)]), MacsPerOutput = 1, Closure = Closures.InsideGroups },
            Operator("query", 1) with { Output = new(0, [new(1, 8)]), MacsPerOutput = 1, Closure = Closures.WholeGroups },
            Operator("mlp", 2) with { MacsPerOutput = 10 },
        ],
        Surfaces = [],
        Scores = [new("l1", [[.. Enumerable.Repeat(1.0, 8)], [.. Enumerable.Repeat(1.0, 4)], [.. Enumerable.Repeat(5.0, 16)]])],
        Closure = Closures.InsideGroups,
        DenseMs = 1,
    };

    private static OperatorProfile Operator(string name, int family) =>
        new() { Name = name, Operator = "Conv", Input = new(1, []), Output = new(0, [new(family, 1)]), Surface = name };

    private static int[] Widths(ModelProfile profile, params (string, ParameterValue)[] values) => WidthAllocation.For(profile, Profiles.Candidate(values));

    [Fact]
    public void Of_equally_important_units_those_go_first_that_save_more()
    {
        Assert.Equal([4, 2], Widths(TwoSpeeds, ("ratio", 0.25), ("ranking", "per-microsecond")));
        Assert.Equal([3, 1], Widths(TwoSpeeds, ("ratio", 0.5), ("ranking", "per-microsecond")));
        Assert.NotEqual(Widths(TwoSpeeds, ("ratio", 0.5), ("ranking", "global")), Widths(TwoSpeeds, ("ratio", 0.5), ("ranking", "per-microsecond")));
    }

    [Fact]
    public void Importance_outweighs_time_once_it_is_more_than_its_share()
    {
        var precious = TwoSpeeds with { Scores = [new("l1", [[1, 1, 1, 1], [20, 20, 20, 20]])] };
        Assert.Equal([2, 4], Widths(precious, ("ratio", 0.25), ("ranking", "per-microsecond")));
    }

    [Fact]
    public void An_int8_file_is_ranked_by_its_own_times()
    {
        // In 8 bits the family "fast" is the one that saves.
        var both = TwoSpeeds with
        {
            Surfaces = [.. TwoSpeeds.Surfaces, new("fast int8", [1], [0, 4], [0, 20]), new("slow int8", [1], [0, 4], [0, 2])],
            Int8 = new(0.5, [Operator("fast", 0) with { Surface = "fast int8" }, Operator("slow", 1) with { Surface = "slow int8" }]),
        };
        Assert.Equal([4, 2], Widths(both, ("ratio", 0.25), ("ranking", "per-microsecond")));
        Assert.Equal([2, 4], Widths(both, ("ratio", 0.25), ("ranking", "per-microsecond"), ("precision", "int8")));
        Assert.Equal([4, 2], Widths(TwoSpeeds, ("ratio", 0.25), ("ranking", "per-microsecond"), ("precision", "int8")));
    }

    [Fact]
    public void A_larger_ratio_is_a_longer_prefix_of_one_order()
    {
        int[] before = Widths(TwoSpeeds);
        for (double ratio = 0; ratio < 1; ratio += 0.05)
        {
            int[] widths = Widths(TwoSpeeds, ("ratio", ratio), ("ranking", "per-microsecond"));
            Assert.All(before.Zip(widths), pair => Assert.True(pair.First >= pair.Second));
            before = widths;
        }

        Assert.Equal([1, 1], before);
    }

    [Fact]
    public void Only_the_families_of_the_candidates_closure_are_pruned()
    {
        Assert.Equal([4, 4, 8], Widths(Heads, ("ratio", 0.5)));
        Assert.Equal([4, 4, 8], Widths(Heads, ("ratio", 0.5), ("closure", "auto")));
        Assert.Equal([8, 2, 8], Widths(Heads, ("ratio", 0.5), ("closure", Closures.WholeGroups)));
        Assert.Equal([8, 1, 16], Widths(Heads, ("ratio", 0.15), ("closure", Closures.WholeGroups), ("ranking", "global")));
        Assert.Equal([8, 1, 16], Widths(Heads, ("ratio", 0.15), ("closure", Closures.WholeGroups), ("ranking", "per-microsecond")));
    }

    [Fact]
    public void Costs_are_those_of_the_closure_that_the_widths_stand_for()
    {
        var model = new CostModel(Heads);
        Assert.Equal(32 + 160, model.At([8, 4, 16]).Macs);
        Assert.Equal(16 + 160, model.At([4, 4, 16]).Macs);
        Assert.Equal(8 + 160, model.At([8, 1, 16]).Macs);
        Assert.Equal(16 + 160, new CostModel(Closures.Under(Heads, Closures.WholeGroups)).At([2, 16]).Macs);
    }

    [Fact]
    public void Channels_are_counted_once_under_the_closure_of_a_candidate()
    {
        Assert.Equal([(8, 4), (16, 8)], Closures.Widths(Heads, Profiles.Candidate(("ratio", 0.5))));
        Assert.Equal([(4, 2), (16, 8)], Closures.Widths(Heads, Profiles.Candidate(("ratio", 0.5), ("closure", Closures.WholeGroups))));
        Assert.Equal([(16, 8), (32, 16)], Closures.Widths(Profiles.Small, Profiles.Candidate(("ratio", 0.5))));
    }

    [Fact]
    public void Two_closures_are_two_trials_unless_nothing_in_groups_goes()
    {
        var model = new CostModel(Heads);
        string Form(params (string, ParameterValue)[] values) => model.Canonical(Profiles.Candidate(values));
        Assert.NotEqual(Form(("ratio", 0.5)), Form(("ratio", 0.5), ("closure", Closures.WholeGroups)));
        Assert.Equal(Form(("ratio", 0.0)), Form(("ratio", 0.0), ("closure", Closures.WholeGroups)));
    }

    [Fact]
    public void A_space_without_closures_reaches_the_families_of_the_default_only()
    {
        Assert.Equal(["query", "mlp"], Closures.Families(Heads, new([])));
        Assert.Equal(3, Closures.Families(Heads, new([new Parameter.Categorical("closure", Closures.All)])).Count());
        Assert.Equal(["query@whole-groups", "mlp"], Closures.Families(Heads, new([new Parameter.Fixed("closure", Closures.WholeGroups)])));
    }

    /// <summary>Three families of 16 units, timed at every multiple of 4.</summary>
    private static ModelProfile Three { get; } = new()
    {
        Families = [.. Enumerable.Range(0, 3).Select(i => new FamilyProfile($"f{i}", 16, [4, 8, 12, 16]))],
        Operators = [.. Enumerable.Range(0, 3).Select(i => Operator($"f{i}", i))],
        Surfaces = [.. Enumerable.Range(0, 3).Select(i => new LatencySurface($"f{i}", [1], [0, 16], [0, 16]))],
        Scores = [new("l1", [.. Enumerable.Repeat<IReadOnlyList<double>>([.. Enumerable.Repeat(1.0, 16)], 3)])],
        DenseMs = 1,
    };

    private static int[] On(string preset, params (string, ParameterValue)[] values) =>
        Widths(HardwareProfile.Apply(Three, HardwarePresets.Find(preset)!.Hardware), values);

    [Fact]
    public void The_servers_preset_changes_nothing() => Assert.Equal([12, 12, 12], On("server-cpu", ("ratio", 0.25)));

    [Fact]
    public void On_mobile_deep_families_lose_more_in_eights() => Assert.Equal([16, 8, 8], On("mobile", ("ratio", 0.4)));

    [Theory]
    [InlineData("global")]
    [InlineData("per-microsecond")]
    public void On_mobile_deep_families_go_first_where_all_are_ranked(string ranking)
    {
        int[] widths = On("mobile", ("ratio", 0.2), ("ranking", ranking));
        Assert.Equal([16, 16, 8], widths);
    }

    [Fact]
    public void On_the_edge_all_families_keep_the_same_part()
    {
        var uneven = Three with { Families = [new("a", 16, [8, 16]), new("b", 32, [8, 16, 24, 32]), new("c", 64, [16, 32, 48, 64])] };
        var edge = HardwareProfile.Apply(uneven, new() { Granularity = Granularity.Uniform });
        foreach (double ratio in (double[])[0.1, 0.3, 0.45, 0.6, 0.9])
            Assert.True(Widths(edge, ("ratio", ratio)) is [16, 32, 64] or [8, 16, 32], $"{ratio}: {string.Join(',', Widths(edge, ("ratio", ratio)))}");
        Assert.Equal([8, 24, 48], Widths(uneven, ("ratio", 0.3)));
    }

    [Fact]
    public void On_a_gpu_widths_are_multiples_of_eight_and_on_an_fpga_of_four()
    {
        Assert.Equal([16, 16, 16], On("gpu", ("ratio", 0.25)));
        Assert.Equal([8, 8, 8], On("gpu", ("ratio", 0.3)));
        Assert.Equal([12, 12, 12], On("fpga", ("ratio", 0.25)));
    }

    [Fact]
    public void A_familys_own_ratio_is_taken_as_it_is() => Assert.Equal([8, 16, 16], On("mobile", ("ratio", 0.0), ("ratio/f0", 0.5)));
}
