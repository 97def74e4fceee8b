using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Graph;
using Distributed.Compression.Tests.Pruning;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

/// <summary>Where heads of attention go whole, a unit is a head for all that looks at units: criteria that watch activations, and group lasso.</summary>
[Collection(nameof(TrialCollection))]
public sealed class WholeHeadsTests(TrialFixture fixture)
{
    private const int Heads = 4;
    private const int Width = 64;
    private const double Strength = 0.01;
    private const string Family = "block1.attention.query";
    private const string Joined = "block1.attention.joined";
    private readonly Network _network = RandomNetworks.Shaken(Models.Small("vit-tiny", size: 24), seed: 5);

    private static SweepSpec Spec(string criterion) => TrialFixture.Spec with
    {
        Space = new([new Parameter.Categorical(ParameterNames.Criterion, [criterion]), new Parameter.Categorical(ParameterNames.Ranking, ["global"])]),
    };

    [Theory]
    [InlineData("activation-mean")]
    [InlineData("apoz")]
    [InlineData("gradient-activation")]
    public void The_profile_scores_heads_by_what_they_put_out(string criterion)
    {
        var data = fixture.Data(TrialFixture.Spec);
        var scores = Assert.Single(DenseProfile.Scores(_network, Spec(criterion), data)).Families;
        int family = GroupingUnion.Of(_network).Families.ToList().FindIndex(one => one.Name == $"{Family}@{Closures.WholeGroups}");
        Assert.Equal(Heads, scores[family].Count);
        double[] byHand = [.. Enumerable.Range(0, Heads).Select(head => OfHead(criterion, head, data))];
        Assert.All(byHand.Select(score => score / byHand.Average()).Order().Zip(scores[family]), pair => Assert.Equal(pair.First, pair.Second, 5e-3));
    }

    [Fact]
    public void A_head_that_is_left_scores_what_it_did_in_a_grouping_of_its_own()
    {
        var whole = ChannelGroups.Of(_network, Closure.WholeGroups);
        var plan = RandomNetworks.Plan(whole, new(3, "tests/heads"), least: 2);
        var sliced = Slicer.Apply(_network, whole, plan);
        var (after, anew) = (Scores(GroupingAfter.Of(whole, plan)), Scores(ChannelGroups.Of(sliced, Closure.WholeGroups)));
        Assert.Equal(anew, after);

        double[][] Scores(ModelGrouping grouping)
        {
            var criterion = Criteria.Named("activation-mean");
            return Criteria.Score(criterion, grouping, Evidence.Of(sliced, grouping, [criterion], fixture.Data(TrialFixture.Spec), 1, "tests/heads"));
        }
    }

    [Fact]
    public void Group_lasso_drives_down_the_heads_that_are_going_to_be_sliced()
    {
        using var context = new RecordingContext();
        var candidate = new Candidate([
            KeyValuePair.Create<string, ParameterValue>(ParameterNames.Ratio, 0.5),
            KeyValuePair.Create<string, ParameterValue>(ParameterNames.Closure, Closures.WholeGroups),
            KeyValuePair.Create<string, ParameterValue>(ParameterNames.GroupSparsity, Strength)]);
        var families = new TrialGrouping(DenseProfile.Of(_network, 1_000_000, 1, _ => []), candidate);
        var segment = new Segment
        {
            Index = 0,
            Recipe = TrialRecipe.Of(TrialFixture.Spec, candidate),
            Data = fixture.Data(TrialFixture.Spec),
            Dense = _network,
            Accepted = _network,
            Families = families,
            Kept = families.AllUnits,
            Assignment = TrialFixture.Dense(TrialFixture.Spec),
            Context = context,
        };
        using var parts = new TrainingParts(segment.Recipe.Recovery.Training);
        new GroupSparsityStage().Arrange(parts, _network, segment);
        using var net = new TorchNetwork(_network, TrainingDevice.Cpu);
        double found = Assert.IsType<GroupLasso>(Assert.Single(parts.Regularizers)).Penalty(net);
        Assert.Equal(Penalty(Closure.WholeGroups), found, 1e-6);
        Assert.NotEqual(Penalty(Closure.InsideGroups), found, 1e-2);

        double Penalty(Closure closure)
        {
            using var lasso = new GroupLasso(_network, ChannelGroups.Of(_network, closure), Strength, TrainingDevice.Cpu);
            return lasso.Penalty(net);
        }
    }

    /// <summary>In ONNX Runtime: the mean of |a| or of a > 0 over images, tokens and the head's columns; or the mean over images of the loss's slope against a factor of the head.</summary>
    private double OfHead(string criterion, int head, TrialData data)
    {
        if (criterion == "gradient-activation")
        {
            const float step = 0.02f;
            return Losses(1 + step).Zip(Losses(1 - step), (more, less) => Math.Abs(more - less) / (2 * step)).Average();
        }

        var tapped = _network with { Outputs = [new(Joined, ElementType.Float, [-1, .. ShapeInference.Infer(_network, 1)[Joined][1..]])] };
        double[] values = [.. Run(tapped, data).Where((_, i) => i % Width / (Width / Heads) == head).Select(value => (double)value)];
        return criterion == "apoz" ? values.Average(value => value > 0 ? 1.0 : 0.0) : values.Average(Math.Abs);

        double[] Losses(float factor)
        {
            const string name = "block1.attention.project.weight";
            var weights = _network.Floats(name);
            float[] scaled = [.. weights.Data.Select((value, i) => i / Width / (Width / Heads) == head ? factor * value : value)];
            var changed = _network with { Initializers = _network.Initializers.SetItem(name, new FloatTensor(weights.Shape, scaled)) };
            int classes = changed.Outputs[0].Shape[^1];
            return [.. Run(changed, data).Chunk(classes).Zip(data.Splits.Train.Labels, (logits, label) => Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max()))) + logits.Max() - logits[label])];
        }
    }

    private static float[] Run(Network network, TrialData data)
    {
        var images = data.Splits.Train;
        float[] inputs = new float[images.Pixels.Length];
        int each = inputs.Length / images.Count;
        for (int i = 0; i < images.Count; i++) data.Normalization.Apply(images.Pixels.AsSpan(i * each, each), inputs.AsSpan(i * each, each));
        return Models.Run(OnnxWriter.ToBytes(network), inputs, images.Count, images.Channels, images.Height, images.Width);
    }
}
