using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Insight;
using Distributed.Compression.Pruning;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Training;
using Distributed.Compression.Tests.Trials;
using Distributed.Compression.Training;
using Distributed.Gallery;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Compression.Tests.Devices;

/// <summary>
/// Nothing is left in memory that training needs on its device: on a device that refuses to mix, networks are trained, judged and looked into,
/// and the numbers are those of the processor.
/// </summary>
[Collection(nameof(TrialCollection))]
public sealed class TrainingElsewhereTests
{
    /// <summary>Networks that the second device cannot train, through no fault of ours.</summary>
    private static readonly Dictionary<string, string> Excused = new(StringComparer.Ordinal)
    {
        ["mobilenet-v2"] = "the lazy device has no gradient of clamp",
        ["gallery/mobilenet-v3"] = "the lazy device has no gradient of clamp",
        ["gallery/shufflenet-v2"] = "the lazy device loses the parts of a split",
    };

    private static readonly Normalization Norm = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);

    public TrainingElsewhereTests() => torch.set_num_threads(1);

    public static TheoryData<string> Names =>
        [.. Zoo.Names.Concat(GalleryNetworks.OfImages.Select(name => $"gallery/{name}")).Where(name => !Excused.ContainsKey(name))];

    [Fact]
    public void The_second_device_refuses_a_tensor_in_memory()
    {
        var device = SecondDevice.Required;
        using var scope = torch.NewDisposeScope();
        var (there, here) = (device.Of([1f, 2f]), TrainingDevice.Cpu.Of([1f, 2f]));
        Assert.True(SecondDevice.Holds(there) && !SecondDevice.Holds(here));
        Assert.Contains("not a lazy tensor", Assert.ThrowsAny<System.Runtime.InteropServices.ExternalException>(() => there.mul(here)).Message, StringComparison.Ordinal);
        Assert.Equal([1f, 4f], TrainingDevice.Floats(there.mul(device.Moved(here))));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_network_is_trained_as_on_the_processor(string name)
    {
        var device = SecondDevice.Required;
        var network = Build(name);
        var images = ImagesFor(network, 12);
        TrainedOn.Of(network, images, TrainingDevice.Cpu).AssertLike(TrainedOn.Of(network, images, device, AssertThere), network);
    }

    [Fact]
    public void A_checkpoint_of_one_device_is_gone_on_from_on_another()
    {
        var device = SecondDevice.Required;
        var network = Build("lenet");
        var images = ImagesFor(network, 12);
        var here = TrainedOn.Of(network, images, TrainingDevice.Cpu);
        var straight = TrainedOn.Of(network, images, TrainingDevice.Cpu, from: here.Checkpoint);
        straight.AssertLike(TrainedOn.Of(network, images, device, AssertThere, here.Checkpoint), network);
        var there = TrainedOn.Of(network, images, device, AssertThere);
        straight.AssertLike(TrainedOn.Of(network, images, TrainingDevice.Cpu, from: there.Checkpoint), network);
    }

    [Fact]
    public void Mixed_batches_are_the_same_wherever_they_lie()
    {
        var device = SecondDevice.Required;
        using var scope = torch.NewDisposeScope();
        var images = SmallNets.Images(8, 3, 16, 16, 4);
        var here = Mixed(TrainingDevice.Cpu);
        var there = Mixed(device);
        Assert.True(SecondDevice.Holds(there.Inputs) && SecondDevice.Holds(there.Mixed!.Labels));
        Assert.Equal(TrainingDevice.Floats(here.Inputs), TrainingDevice.Floats(there.Inputs));
        Assert.Equal(TrainingDevice.Wholes(here.Mixed!.Labels), TrainingDevice.Wholes(there.Mixed!.Labels));
        Assert.Equal(here.Mixed.Share, there.Mixed.Share);

        Batch Mixed(TrainingDevice device)
        {
            var (inputs, labels) = new BatchFeeder(images, Norm, device).Batch([7, 6, 5, 4, 3, 2, 1, 0], 2, flip: true, new(1, "augmentation"));
            return new CutMix(1, device).Apply(new(inputs, labels), new SeededRandom(1, "mix"));
        }
    }

    /// <summary>The losses themselves are not read: the lazy device takes a number with fraction for a float64 and stumbles over the sum.</summary>
    [Fact]
    public void Losses_of_mixed_batches_and_of_a_teacher_are_planned_where_the_logits_lie()
    {
        var device = SecondDevice.Required;
        using var scope = torch.NewDisposeScope();
        var network = Build("lenet");
        using var student = new TorchNetwork(network, device);
        using var taught = new Distillation(new(network, device), 0.5, 2);
        var (inputs, labels) = new BatchFeeder(ImagesFor(network, 4), Norm, device).Batch([0, 1, 2, 3]);
        var batch = new CutMix(1, device).Apply(new(inputs, labels), new SeededRandom(1, "mix"));
        Assert.NotNull(batch.Mixed);
        var loss = taught.Of(student.Forward(batch.Inputs, Pass.Learning), batch);
        Assert.True(SecondDevice.Holds(loss));
        loss.backward();
        Assert.All(student.Parameters, parameter => Assert.True(SecondDevice.Holds(parameter.Value.grad!), parameter.Name));
        Assert.Equal(0, TrainingDevice.Number(Distillation.Divergence(device.Of([1f, 2f], [1, 2]), device.Of([1f, 2f], [1, 2]), 2)), 1e-6);
    }

    [Theory]
    [InlineData("lenet")]
    [InlineData("resnet-8")]
    public void Every_criterion_judges_as_on_the_processor(string name)
    {
        var device = SecondDevice.Required;
        var network = Build(name);
        var grouping = ChannelGroups.Of(network);
        var all = Criteria.All.Aggregate(EvidenceKinds.None, (kinds, criterion) => kinds | criterion.Needs);
        var (here, there) = (Evidence(TrainingDevice.Cpu), Evidence(device));
        foreach (var criterion in Criteria.All)
        {
            foreach (var family in grouping.Families)
            {
                double[] expected = criterion.Score(family, here), found = criterion.Score(family, there);
                double scale = expected.Max(Math.Abs);
                Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 5e-3 * scale));
            }
        }

        ImportanceEvidence Evidence(TrainingDevice device) => EvidencePass.Collect(network, grouping, all, ImagesFor(network, 4), Norm, 2, 2, new(1, "sample"), device);
    }

    [Fact]
    public void Layers_are_reconstructed_as_on_the_processor()
    {
        var device = SecondDevice.Required;
        var before = Build("resnet-8");
        var grouping = ChannelGroups.Of(before);
        double[][] scores = [.. grouping.Families.Select(family => Enumerable.Range(0, family.Width).Select(unit => (double)unit).ToArray())];
        var plan = PlanBuilder.Build(grouping, scores, [.. grouping.Families.Select(family => family.Width / 2)]);
        var sliced = Slicer.Apply(before, grouping, plan);
        var (here, there) = (Fitted(TrainingDevice.Cpu), Fitted(device));
        foreach (string name in WeightRoles.Of(sliced).Keys)
            Assert.All(here.Floats(name).Data.Zip(there.Floats(name).Data), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        Assert.Contains(WeightRoles.Of(sliced).Keys, name => !sliced.Floats(name).Data.SequenceEqual(there.Floats(name).Data));

        Network Fitted(TrainingDevice device) => Reconstruction.Run(before, sliced, grouping, plan, ImagesFor(before, 16), Norm, [.. Enumerable.Range(0, 16)], device);
    }

    [Fact]
    public void Layers_are_seen_as_on_the_processor()
    {
        var device = SecondDevice.Required;
        var network = Build("resnet-8");
        var (here, there) = (LayerViews.Of(network, ImagesFor(network, 4), Norm, TrainingDevice.Cpu), LayerViews.Of(network, ImagesFor(network, 4), Norm, device));
        Assert.NotEmpty(here);
        Assert.Equal(here.Keys.Order(), there.Keys.Order());
        Assert.All(here, view => Assert.All(view.Value.Zip(there[view.Key]), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First)))));
    }

    [Fact]
    public void The_rounding_of_8_bits_is_that_of_the_processor()
    {
        var device = SecondDevice.Required;
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var network = Build("resnet-8");
        float[] images = Graph.Models.Images(4, seed: 2);
        var rounding = FakeQuantization.Write(Quantizer.Calibrate(network, [images], new PercentileCalibration(), TestContext.Current.CancellationToken));
        float[] here = Logits(TrainingDevice.Cpu), there = Logits(device);
        Assert.All(here.Zip(there), pair => Assert.Equal(pair.First, pair.Second, 1e-3));

        float[] Logits(TrainingDevice device)
        {
            using var net = new TorchNetwork(rounding, device);
            return TrainingDevice.Floats(net.Forward(device.Of(images, [4, 3, 32, 32]), Pass.Evaluating));
        }
    }

    private static void AssertThere(TorchNetwork net)
    {
        SecondDevice.Settle();
        Assert.All(net.Parameters, parameter => Assert.True(SecondDevice.Holds(parameter.Value), parameter.Name));
        Assert.All(net.Statistics, statistic => Assert.True(SecondDevice.Holds(statistic.Value), statistic.Name));
    }

    private static Network Build(string name) => name.Split('/') is [_, var family]
        ? Normalizer.Normalize(GalleryNetworks.Build(family, 13))
        : SmallNets.Perturbed(Zoo.Build(name, 3, 32, 32, 10, seed: 5));

    private static ImageSet ImagesFor(Network network, int count) => SmallNets.Images(count, 3, network.Inputs[0].Shape[2], network.Inputs[0].Shape[3], 10);
}
