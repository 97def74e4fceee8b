using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Measuring;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Trials;
using Distributed.Sweeps;
using Distributed.Testing;

namespace Distributed.Compression.Tests.Trials;

/// <summary>What predicts int8 files, with times that are made up: each operator takes its input plus its output channels, in integers a microsecond more.</summary>
[Collection(nameof(TrialCollection))]
public sealed class Int8ProfileTests(TrialFixture fixture)
{
    private const double DenseRatio = 0.5;
    private readonly Network _network = Models.Small("resnet-8");
    private readonly List<byte[]> _measured = [];

    [Fact]
    public void In_integers_an_addition_is_an_operator_of_its_own_and_an_activation_is_none()
    {
        var surfaces = SurfaceAssignment.Of(_network, ChannelGroups.Of(_network), Precisions.Int8);
        Assert.All(surfaces.Values, surface => Assert.Contains(" int8 ", surface.Key, StringComparison.Ordinal));
        var operators = _network.Nodes.Where(node => surfaces.ContainsKey(node.Name)).Select(node => node.Operator).CountBy(name => name).ToDictionary();
        Assert.Equal(new Dictionary<string, int> { ["Conv"] = 9, ["Add"] = 3, ["GlobalAveragePool"] = 1, ["Gemm"] = 1 }, operators);
        Assert.All(surfaces.Values, surface => Assert.DoesNotContain("Add", surface.Followers));
        Assert.DoesNotContain(SurfaceAssignment.Of(_network, ChannelGroups.Of(_network)).Values, surface => surface.Operator == "Add");
    }

    [Fact]
    public void The_dense_and_narrower_files_are_predicted_as_they_were_measured()
    {
        var profile = Profile(only: false);
        var model = new CostModel(profile);
        int[] dense = [.. profile.Families.Select(family => family.Width)];
        Assert.Equal(DenseRatio, profile.Int8!.Ratio);
        Assert.Equal(DenseRatio, model.Int8Ratio(dense)!.Value, 9);
        Assert.Equal(1 + ProfileCalibration.Widths(Floats()).Count, _measured.Count);
        Assert.All(ProfileCalibration.Widths(Floats()), widths => Assert.Equal(Measured(widths), model.Int8Ratio(widths)!.Value, 0.01));
        Assert.True(Measured(ProfileRemainder.Narrowest(profile)) < 0.8 * DenseRatio);
        Assert.All(_measured, file => Assert.Contains("QLinearConv", RunningKernels.Count(file).Keys));
        Assert.Equal(new CostModel(Floats()).At(ProfileRemainder.Narrowest(profile)), model.At(ProfileRemainder.Narrowest(profile)));
    }

    /// <summary>Integers are made to take longer the narrower they are, as real ones do below their blocks: nothing but the dense width is worth having.</summary>
    [Fact]
    public void Where_all_candidates_are_int8_its_kernels_tell_which_widths_are_worth_having()
    {
        Assert.Equal(Floats().Families, Profile(only: false, Narrow).Families, (a, b) => a.Widths.SequenceEqual(b.Widths));
        Assert.All(Floats().Families, family => Assert.True(family.Widths.Count > 1));
        Assert.All(Profile(only: true, Narrow).Families, family => Assert.Equal([family.Width], family.Widths));
        static double Narrow(double pair) => 1000 - pair;
    }

    /// <summary>LayerNormalization and Softmax stay in floats there: what that takes no surface tells, and such files are measured as before.</summary>
    [Fact]
    public void Where_floats_stand_between_integers_nothing_is_predicted()
    {
        var network = Models.Small("vit-tiny");
        Assert.Null(DenseProfile.WithInt8(DenseProfile.Of(network, 1000, 1, Times(static pair => pair)), network, Times(static pair => pair + 1), _ => DenseRatio, only: false).Int8);
    }

    [Fact]
    public void A_sweep_whose_space_holds_int8_learns_of_it_and_no_other()
    {
        Assert.Null(fixture.Baseline.Profile.Int8);
        var spec = TrialFixture.Spec with { Baseline = new() { Epochs = 0 }, Space = new([new Parameter.Real(ParameterNames.Ratio, 0, 0.8), new Parameter.Fixed(ParameterNames.Precision, Precisions.Int8)]) };
        var prepared = Assert.IsType<TrialOutcome.Prepared>(fixture.Run(new MemoryArtifactStore(), TrialFixture.Dense(spec)));
        Candidate candidate = new([KeyValuePair.Create(ParameterNames.Ratio, (ParameterValue)0.5), KeyValuePair.Create(ParameterNames.Precision, (ParameterValue)Precisions.Int8)]);
        Assert.InRange(new CostModel(prepared.Profile).Costs(candidate).Of(Metric.LatencyRatio)!.Value, 0.05, 3);
        Assert.Contains(prepared.Profile.Surfaces, surface => surface.Key.StartsWith("Conv int8", StringComparison.Ordinal));
    }

    /// <summary>The latency that files of integers are made to have: that of the table of floats, with a remainder.</summary>
    private double Measured(int[] widths) => DenseRatio * new CostModel(Floats()).At(widths).LatencyRatio;

    private ModelProfile Floats() => DenseProfile.Of(_network, 1000, 1, Times(static pair => pair));

    private ModelProfile Profile(bool only, Func<double, double>? integers = null)
    {
        _measured.Clear();
        return DenseProfile.WithInt8(
            Floats(), _network, Times(integers ?? (static pair => pair + 1)),
            file =>
            {
                _measured.Add(file);
                return _measured.Count == 1 ? DenseRatio : Measured(ProfileCalibration.Widths(Floats())[_measured.Count - 2]);
            },
            only);
    }

    private static Func<IReadOnlyList<SurfaceRequest>, IReadOnlyList<LatencySurface>> Times(Func<double, double> time) => requests =>
    [
        .. requests.Where(request => SurfaceModel.CanBuild(request.Surface)).DistinctBy(request => request.Surface.Key).Select(request =>
        {
            IReadOnlyList<int> inputs = SurfaceModel.HasOneWidth(request.Surface) ? [1] : WidthGrid.Of(request.MaxInput), outputs = WidthGrid.Of(request.MaxOutput);
            return new LatencySurface(request.Surface.Key, inputs, outputs, [.. inputs.SelectMany(input => outputs.Select(output => time(input + output)))]);
        }),
    ];
}
