using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Importance;

/// <summary>
/// Criteria that look at images, against loops and finite differences in ONNX Runtime. The families: "stem" (3 units of two channels: a convolution and the
/// depthwise one behind it, read by a convolution of two groups), "wide" (4 units of two channels, read through a pool and a flatten),
/// "dense" (7 units).
/// </summary>
public sealed class EvidenceTests : IDisposable
{
    private const float Step = 0.01f;
    private readonly ImportanceFixture _net = new();

    [Fact]
    public void The_families_are_those_that_the_tests_below_count_on() =>
        Assert.Equal(["stem:3", "wide:4", "dense:7"], _net.Grouping.Families.Select(family => Invariant($"{family.Name}:{family.Width}")));

    [Fact]
    public void Taylor_is_the_slope_of_the_loss_against_a_factor_of_the_filter()
    {
        double[] found = _net.Score("taylor", "stem");
        for (int unit = 0; unit < 3; unit++)
        {
            double byHand = (Math.Abs(MeanSlope(Scaled("stem.weight", i => i / 27 % 3 == unit)))
                + Math.Abs(MeanSlope(Scaled("deep.weight", i => i / 9 % 3 == unit)))) / 2;
            Near(byHand, found[unit], found);
        }
    }

    [Fact]
    public void Gate_taylor_is_the_slope_against_a_factor_of_scale_and_shift()
    {
        double[] found = _net.Score("gate-taylor", "stem");
        for (int unit = 0; unit < 3; unit++)
        {
            bool Of(int channel) => channel % 3 == unit;
            double byHand = (Math.Abs(MeanSlope(Scaled("stem.bn.gamma", Of), Scaled("stem.bn.beta", Of)))
                + Math.Abs(MeanSlope(Scaled("deep.bn.gamma", Of), Scaled("deep.bn.beta", Of)))) / 2;
            Near(byHand, found[unit], found);
        }
    }

    [Fact]
    public void Gate_taylor_without_normalisation_is_the_slope_against_a_factor_of_filter_and_bias()
    {
        double[] found = _net.Score("gate-taylor", "wide");
        for (int unit = 0; unit < 4; unit++)
            Near(Math.Abs(MeanSlope(Scaled("wide.weight", i => i / 27 % 4 == unit), Scaled("wide.bias", i => i % 4 == unit))), found[unit], found);
    }

    [Fact]
    public void Fisher_is_half_the_sum_of_squared_weights_times_squared_slopes_of_single_images()
    {
        double[] found = _net.Score("fisher", "dense");
        for (int unit = 0; unit < 2; unit++)
        {
            double byHand = 0;
            for (int i = 0; i < 32; i++)
            {
                int place = (unit * 32) + i;
                double weight = _net.Network.Floats("dense.weight").Data[place];
                byHand += 0.5 * weight * weight * Slopes(("dense.weight", (at, value) => at == place ? value + Step : value), ("dense.weight", (at, value) => at == place ? value - Step : value))
                    .Average(slope => slope * slope);
            }

            Near(byHand, found[unit], found);
        }
    }

    [Fact]
    public void Activations_are_those_behind_the_activation_function()
    {
        float[] deep = _net.Value("deep.relu");
        float[] wide = _net.Value("wide.relu");
        foreach (var (family, values, channels, units) in new[] { ("stem", deep, 6, 3), ("wide", wide, 8, 4) })
        {
            int positions = values.Length / ImportanceFixture.Count / channels;
            double[] Of(int unit) => [.. values.Where((_, i) => i / positions % channels % units == unit).Select(value => (double)value)];
            double[] mean = _net.Score("activation-mean", family);
            double[] nonZero = _net.Score("apoz", family);
            for (int unit = 0; unit < units; unit++)
            {
                Assert.Equal(Of(unit).Average(), mean[unit], 1e-5);
                Assert.Equal(Of(unit).Count(value => value > 0) / (double)Of(unit).Length, nonZero[unit], 1e-6);
            }
        }
    }

    [Fact]
    public void Entropy_is_that_of_a_histogram_of_the_images_means()
    {
        float[] values = _net.Value("dense.relu");
        double[] found = _net.Score("activation-entropy", "dense");
        for (int unit = 0; unit < 7; unit++)
        {
            double[] means = [.. values.Where((_, i) => i % 7 == unit).Select(value => (double)value)];
            int[] bins = new int[16];
            double least = means.Min(), width = (means.Max() - means.Min()) / 16;
            foreach (double mean in means) bins[width > 0 ? Math.Min(15, (int)((mean - least) / width)) : 0]++;
            double byHand = bins.Where(count => count > 0).Sum(count => -(count / (double)means.Length) * Math.Log(count / (double)means.Length));
            Assert.Equal(byHand, found[unit], 0.15);
        }

        Assert.Contains(found, entropy => entropy > 0.5);
    }

    [Fact]
    public void Gradient_activation_is_the_mean_slope_of_single_images_against_a_gate_on_the_unit()
    {
        // Whatever reads the unit reads it times the gate: its weights may be multiplied instead.
        double[] stem = _net.Score("gradient-activation", "stem");
        for (int unit = 0; unit < 3; unit++) Near(GateSlopes("wide.weight", i => i / 9 % 3 == unit), stem[unit], stem);
        double[] wide = _net.Score("gradient-activation", "wide");
        for (int unit = 0; unit < 4; unit++) Near(GateSlopes("dense.weight", i => i % 32 / 4 % 4 == unit), wide[unit], wide);
    }

    [Fact]
    public void Wanda_is_the_sum_of_weights_times_the_size_of_what_they_read()
    {
        float[] deep = _net.Value("deep.relu");
        double[] sizes = [.. Enumerable.Range(0, 6).Select(channel => RootMeanSquare(deep.Where((_, i) => i / 64 % 6 == channel)))];
        float[] weights = _net.Network.Floats("wide.weight").Data;
        double[] found = _net.Score("wanda", "stem");
        // wide.weight is [8, 3, 3, 3]; filters 0 to 3 read channels 0 to 2, filters 4 to 7 channels 3 to 5.
        for (int unit = 0; unit < 3; unit++)
            Assert.Equal(weights.Index().Where(w => w.Index / 9 % 3 == unit).Sum(w => Math.Abs(w.Item) * sizes[(w.Index / 108 * 3) + unit]), found[unit], 1e-3);

        float[] flat = _net.Value("flat");
        float[] dense = _net.Network.Floats("dense.weight").Data;
        double[] wide = _net.Score("wanda", "wide");
        for (int unit = 0; unit < 4; unit++)
        {
            double byHand = dense.Index().Where(w => w.Index % 32 / 4 % 4 == unit)
                .Sum(w => Math.Abs(w.Item) * RootMeanSquare(flat.Where((_, i) => i % 32 == w.Index % 32)));
            Assert.Equal(byHand, wide[unit], 1e-3);
        }
    }

    [Fact]
    public void No_score_depends_on_how_the_images_are_split()
    {
        foreach (var criterion in Criteria.All)
        {
            foreach (var family in _net.Grouping.Families)
            {
                double[] whole = criterion.Score(family, _net.Evidence(criterion.Needs, ImportanceFixture.Count));
                double[] parts = criterion.Score(family, _net.Evidence(criterion.Needs, batchSize: 5));
                Assert.All(whole.Zip(parts), pair => Assert.Equal(pair.First, pair.Second, 2e-4 * whole.Max()));
            }
        }
    }

    [Fact]
    public void Only_what_is_asked_for_is_collected()
    {
        Assert.Equal(new ImportanceEvidence { Network = _net.Network, Seed = 3 }, _net.Evidence(EvidenceKinds.None));
        var norms = _net.Evidence(EvidenceKinds.InputNorms);
        Assert.NotNull(norms.InputNorms);
        Assert.Equal((null, null, null), (norms.Gradients, norms.SquaredGradients, norms.Activations));
        Assert.All(_net.Evidence(EvidenceKinds.Activations).Activations!["stem"], site => Assert.Null(site.GradientWeighted));
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("mobilenet-v2")]
    [InlineData("vit-tiny")]
    public void Every_criterion_tells_the_units_of_every_family_apart(string model)
    {
        var network = Models.Small(model, size: 32);
        var grouping = ChannelGroups.Of(network);
        var images = SmallNets.Images(6, 3, 32, 32, 10);
        var all = Criteria.All.Aggregate(EvidenceKinds.None, (kinds, criterion) => kinds | criterion.Needs);
        var evidence = EvidencePass.Collect(network, grouping, all, images, ImportanceFixture.Norm, 2, 3, new(1, "sample"), TrainingDevice.Cpu);
        foreach (var criterion in Criteria.All)
        {
            foreach (var family in grouping.Families)
            {
                double[] scores = criterion.Score(family, evidence);
                Assert.Equal(family.Width, scores.Length);
                Assert.All(scores, score => Assert.True(double.IsFinite(score) && score >= 0, $"{criterion.Name} of {family.Name}: {score}"));
                // An untrained network's normalisations are all alike, and few images leave few bins.
                if (criterion.Name is not ("bn-scale" or "activation-entropy")) Assert.True(scores.Distinct().Count() > 1, $"{criterion.Name} of {family.Name}");
            }
        }
    }

    [Fact]
    public void Apoz_falls_back_on_the_mean_where_nothing_is_ever_zero()
    {
        var site = new SiteActivations("sigmoid", [0.3, 0.5, 0.4], [1, 1, 1], [[0], [0], [0]], null);
        var family = _net.Family("stem");
        var evidence = new ImportanceEvidence { Network = _net.Network, Activations = new Dictionary<string, IReadOnlyList<SiteActivations>> { ["stem"] = [site] } };
        Assert.Equal(site.Magnitude, Criteria.Named("apoz").Score(family, evidence));
    }

    [Fact]
    public void A_family_that_was_not_observed_is_named()
    {
        foreach (string criterion in (string[])["activation-mean", "apoz", "activation-entropy", "gradient-activation"])
        {
            var error = Assert.Throws<InvalidInputException>(() => Criteria.Named(criterion).Score(_net.Family("wide"), _net.Evidence(EvidenceKinds.None)));
            Assert.Equal("family 'wide'", error.Place);
        }
    }

    public void Dispose() => _net.Dispose();

    private static double RootMeanSquare(IEnumerable<float> values) => Math.Sqrt(values.Average(value => (double)value * value));

    private static (string Name, Func<int, bool> Chosen) Scaled(string name, Func<int, bool> chosen) => (name, chosen);

    /// <summary>The slope of the mean loss against a factor of the chosen weights, at 1.</summary>
    private double MeanSlope(params (string Name, Func<int, bool> Chosen)[] scaled) => FactorSlopes(scaled).Average();

    private double GateSlopes(string name, Func<int, bool> chosen) => FactorSlopes((name, chosen)).Average(Math.Abs);

    private double[] FactorSlopes(params (string Name, Func<int, bool> Chosen)[] scaled)
    {
        (string, Func<int, float, float>)[] By(float factor) =>
            [.. scaled.Select(one => (one.Name, (Func<int, float, float>)((i, value) => one.Chosen(i) ? value * factor : value)))];
        return [.. _net.Losses(By(1 + Step)).Zip(_net.Losses(By(1 - Step)), (up, down) => (up - down) / (2 * Step))];
    }

    private double[] Slopes((string, Func<int, float, float>) up, (string, Func<int, float, float>) down) =>
        [.. _net.Losses(up).Zip(_net.Losses(down), (above, below) => (above - below) / (2 * Step))];

    private static void Near(double expected, double found, double[] all) => Assert.Equal(expected, found, 0.02 * all.Max());
}
