using Distributed.Compression.Graph;
using Distributed.Compression.Measuring;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Measuring;

/// <summary>Tables of made-up times against ratios that follow from other times.</summary>
public sealed class ProfileCalibrationTests
{
    private static readonly FamilyProfile[] Families = [new("first", 16, [4, 8, 12, 16]), new("second", 32, [8, 16, 24, 32])];

    [Fact]
    public void A_table_that_is_right_stays_as_it_is()
    {
        var profile = Profile(first: 3, second: 2);
        var (calibrated, constant) = ProfileCalibration.Of(profile, Measured(profile, widths => Ratio(widths, 3, 2, 0)));
        Assert.Equal(0, constant!.Value, 6);
        Assert.All(profile.Surfaces.Zip(calibrated.Surfaces), pair => Assert.Equal(pair.First.Microseconds, pair.Second.Microseconds, (a, b) => Math.Abs(a - b) < 1e-6));
    }

    /// <summary>One surface was timed a tenth too long and the other a tenth too short, and a tenth of the dense time follows no width.</summary>
    [Fact]
    public void Factors_of_surfaces_and_what_follows_no_width_are_found()
    {
        var profile = Profile(first: 3, second: 2);
        double constant = 0.1 * 112;
        Measurements both = new(profile.WithRemainder(Measured(profile, Truth)), Truth);
        Measurements none = new(profile.WithRemainder([]), Truth);
        Assert.InRange(both.WorstError(), 0, 0.008);
        Assert.True(none.WorstError() > 3 * both.WorstError(), Invariant($"{none.WorstError():0.000} against {both.WorstError():0.000}"));
        Assert.Equal(1, new CostModel(both.Profile).At([16, 32]).LatencyRatio, 12);
        double Truth(int[] widths) => Ratio(widths, 2.7, 2.2, constant);
    }

    /// <summary>The mean in weight space, (XᵀX + v I)⁻¹ Xᵀ t: with one surface and one network it is a formula of one line for each of two unknowns.</summary>
    [Fact]
    public void The_posterior_is_that_of_ridge_regression()
    {
        var profile = Profile(first: 1, second: 0) with { Families = [Families[0], Families[1] with { Widths = [32] }] };
        double table = 4 / 16.0, ratio = 0.35;
        double factor = 0.15 * (table - ratio), part = 0.1 * (1 - ratio), weight = (ratio - table) / ((factor * factor) + (part * part) + (0.008 * 0.008));
        var (calibrated, constant) = ProfileCalibration.Of(profile, [new([4, 32], ratio)]);
        Assert.Equal(16 * (1 + (0.15 * weight * factor)), calibrated.Surfaces[0].Microseconds[^1], 9);
        Assert.Equal(16 * 0.1 * weight * part, constant!.Value, 9);
    }

    [Fact]
    public void What_operators_lose_by_being_timed_alone_is_taken_off_and_no_prediction_gets_below_half_of_the_table()
    {
        var profile = Profile(first: 3, second: 2);
        Measurements less = new(profile.WithRemainder(Measured(profile, Truth)), Truth);
        Assert.InRange(less.WorstError(), 0, 0.008);
        Assert.True(less.Profile.Surfaces[^1].Microseconds[0] < 0);
        var absurd = profile.WithRemainder(Measured(profile, _ => 0.001));
        Assert.True(new CostModel(absurd).At([4, 8]).LatencyRatio > 0.05);
        static double Truth(int[] widths) => Ratio(widths, 3, 2, -0.08 * 112);
    }

    [Fact]
    public void The_narrowest_network_is_measured_and_others_but_none_twice_nor_the_dense_one()
    {
        var widths = ProfileCalibration.Widths(Profile(3, 2));
        Assert.Equal([4, 8], widths[0]);
        Assert.InRange(widths.Count, 4, 8);
        Assert.Equal(widths.Count, widths.Select(each => string.Join(',', each)).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(widths, each => each is [16, 32]);
        Assert.Empty(ProfileCalibration.Widths(Profile(3, 2) with { Families = [new("only", 16, [16])] }));
    }

    [Fact]
    public void Without_measurements_or_without_times_nothing_changes()
    {
        var profile = Profile(3, 2);
        Assert.Equal((profile, null), ProfileCalibration.Of(profile, []));
        var untimed = profile with { Surfaces = [] };
        Assert.Equal((untimed, null), ProfileCalibration.Of(untimed, [new([4, 8], 0.5)]));
    }

    /// <summary>A convolution of 12 channels writes blocks of 8 or 16: what its change of layout costs belongs to the 12.</summary>
    [Fact]
    public void A_change_to_the_plain_layout_tells_the_channels_and_not_those_that_fill_its_blocks()
    {
        var net = new NetworkBuilder("layout", seed: 1);
        string x = net.Input(3, 16, 16);
        var network = net.Build(net.Conv("conv", x, width: 12, kernel: 3, pad: 1));
        var changes = NodeTimes.Of(OnnxWriter.ToBytes(network), new(), 1, TestContext.Current.CancellationToken).Where(time => time.Operator == NodeTimes.ToPlainLayout).ToArray();
        Assert.SkipWhen(changes.Length == 0, "The runtime keeps the plain layout on this processor.");
        Assert.All(changes, change => Assert.Equal("1,12,16,16", change.Shape));
    }

    private static double Ratio(int[] widths, double first, double second, double constant) =>
        ((first * widths[0]) + (second * widths[1]) + constant) / ((first * 16) + (second * 32) + constant);

    private static MeasuredWidths[] Measured(ModelProfile profile, Func<int[], double> ratio) => [.. ProfileCalibration.Widths(profile).Select(widths => new MeasuredWidths(widths, ratio(widths)))];

    /// <summary>Two operators whose times are proportional to the widths of a family each.</summary>
    private static ModelProfile Profile(double first, double second) => new()
    {
        Families = Families,
        Operators = [Operator("a", 0), Operator("b", 1)],
        Surfaces = [Surface("a", 16, first), Surface("b", 32, second)],
        FixedBytes = 0,
        DenseMs = 0.112,
    };

    private static OperatorProfile Operator(string name, int family) => new()
    {
        Name = name,
        Operator = "Conv",
        Input = new(1, []),
        Output = new(0, [new(family, 1)]),
        Surface = name,
    };

    private static LatencySurface Surface(string name, int width, double slope) =>
        new(name, [1], [.. Enumerable.Range(1, width)], [.. Enumerable.Range(1, width).Select(at => slope * at)]);

    private sealed record Measurements(ModelProfile Profile, Func<int[], double> Truth)
    {
        public double WorstError() => (from a in Families[0].Widths from b in Families[1].Widths select Math.Abs(new CostModel(Profile).At([a, b]).LatencyRatio - Truth([a, b]))).Max();
    }
}
