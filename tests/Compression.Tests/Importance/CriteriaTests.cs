using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Pruning;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Importance;

/// <summary>Each criterion against a computation by hand on the stem family of ResNet-8: stem and stage1.block1.conv2, tied by the residual.</summary>
public sealed class CriteriaTests
{
    private readonly Network _network = RandomNetworks.Shaken(Models.Small("resnet-8", size: 16), seed: 3);
    private readonly ModelGrouping _grouping;
    private readonly ImportanceEvidence _evidence;

    public CriteriaTests()
    {
        _grouping = ChannelGroups.Of(_network);
        var all = Criteria.All.Aggregate(EvidenceKinds.None, (kinds, criterion) => kinds | criterion.Needs);
        var everything = EvidencePass.Collect(_network, _grouping, all, SmallNets.Images(4, 3, 16, 16, 10), ImportanceFixture.Norm, 1, 4, new(1, "sample"), TrainingDevice.Cpu);
        var random = new SeededRandom(4, "tests/gradients");
        var gradients = _network.Initializers.Where(pair => pair.Value is FloatTensor)
            .ToDictionary(pair => pair.Key, pair => ((FloatTensor)pair.Value).Data.Select(_ => (float)random.NextNormal()).ToArray());
        _evidence = everything with { Network = _network, Gradients = gradients, Seed = 9 };
    }

    [Fact]
    public void L1_is_the_mean_of_the_tied_filters_sums() =>
        Check("l1", unit => Mean(filter => Filter(filter, unit, _ => 1).Sum(pair => Math.Abs(pair.Weight))));

    [Fact]
    public void L2_is_the_mean_of_the_tied_filters_lengths() =>
        Check("l2", unit => Mean(filter => Math.Sqrt(Filter(filter, unit, _ => 1).Sum(pair => pair.Weight * pair.Weight))));

    [Fact]
    public void Fpgm_is_the_mean_of_the_tied_filters_distances_to_the_others() => Check("fpgm", unit => Mean(filter => Enumerable.Range(0, 16)
        .Sum(other => Math.Sqrt(Filter(filter, unit, _ => 1).Zip(Filter(filter, other, _ => 1), (a, b) => (a.Weight - b.Weight) * (a.Weight - b.Weight)).Sum()))));

    [Fact]
    public void Lamp_is_the_mean_of_the_tied_filters_parts_of_what_is_no_smaller()
    {
        double Square(string filter, int unit) => Filter(filter, unit, _ => 1).Sum(pair => pair.Weight * pair.Weight);
        Check("lamp", unit => Mean(filter => Square(filter, unit) / Enumerable.Range(0, 16).Select(other => Square(filter, other)).Where(other => other >= Square(filter, unit)).Sum()));
    }

    [Fact]
    public void Taylor_is_the_mean_of_the_tied_filters_inner_products_with_their_gradients() =>
        Check("taylor", unit => Mean(filter => Math.Abs(Filter(filter, unit, i => _evidence.Gradients![filter][i]).Sum(pair => pair.Weight * pair.Gradient))));

    [Fact]
    public void Bn_scale_is_the_mean_of_the_tied_scales() => Check("bn-scale", unit =>
        (Math.Abs(_network.Floats("stem.bn.gamma").Data[unit]) + (double)Math.Abs(_network.Floats("stage1.block1.conv2.bn.gamma").Data[unit])) / 2);

    [Fact]
    public void Bn_scale_falls_back_to_l1_where_there_is_no_normalisation()
    {
        var network = Models.Small("lenet", size: 16);
        var grouping = ChannelGroups.Of(network);
        var evidence = new ImportanceEvidence { Network = network };
        Assert.Equal(Criteria.Score(Criteria.Named("l1"), grouping, evidence), Criteria.Score(Criteria.Named("bn-scale"), grouping, evidence));
    }

    [Fact]
    public void Random_follows_the_seed()
    {
        double[][] Scores(ulong seed) => Criteria.Score(Criteria.Named("random"), _grouping, _evidence with { Seed = seed });
        Assert.Equal(Scores(1), Scores(1));
        Assert.NotEqual(Scores(1), Scores(2));
    }

    [Fact]
    public void Scores_average_one_in_every_family_but_those_on_one_scale_and_profiles_ascend()
    {
        foreach (var criterion in Criteria.All)
        {
            double[][] all = Criteria.Score(criterion, _grouping, _evidence);
            if (criterion.ComparesFamilies) Assert.All(all.Zip(_grouping.Families), pair => Assert.Equal(criterion.Score(pair.Second, _evidence), pair.First));
            else Assert.All(all, scores => Assert.Equal(1, scores.Average(), 9));
            Assert.All(Criteria.Profile(criterion, _grouping, _evidence).Families, scores => Assert.Equal(scores.Order(), scores));
        }
    }

    [Fact]
    public void Missing_gradients_are_named()
    {
        var error = Assert.Throws<InvalidInputException>(() => Criteria.Score(Criteria.Named("taylor"), _grouping, _evidence with { Gradients = null }));
        Assert.Equal("initializer 'stem.weight'", error.Place);
    }

    [Fact]
    public void An_unknown_criterion_is_refused_with_the_known_ones() => Assert.Contains(
        $"There are {string.Join(", ", CriterionNames.All)}.", Assert.Throws<InvalidInputException>(() => Criteria.Named("magic")).Message, StringComparison.Ordinal);

    [Fact]
    public void Sweep_files_know_these_criteria_and_no_others() => Assert.Equal(CriterionNames.All, Criteria.All.Select(criterion => criterion.Name));

    private static double Mean(Func<string, double> score) => (score("stem.weight") + score("stage1.block1.conv2.weight")) / 2;

    /// <summary>Filter m of [M, C, k, k] stands at m · C · k · k.</summary>
    private IEnumerable<(double Weight, double Gradient)> Filter(string name, int unit, Func<int, float> gradient)
    {
        var weight = _network.Floats(name);
        int size = weight.Length / weight.Shape[0];
        return Enumerable.Range(unit * size, size).Select(i => ((double)weight.Data[i], (double)gradient(i)));
    }

    private void Check(string criterion, Func<int, double> byHand)
    {
        double[] scores = Criteria.Named(criterion).Score(_grouping.Families[0], _evidence);
        Assert.Equal(16, scores.Length);
        for (int unit = 0; unit < scores.Length; unit++) Assert.Equal(byHand(unit), scores[unit], 1e-5 * Math.Max(1, scores[unit]));
    }
}
