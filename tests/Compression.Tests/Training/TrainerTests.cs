using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Normalization Normalization = new([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
    private static readonly TrainingSpec Spec = new() { BatchSize = 16, LearningRate = 0.05, CropPadding = 2, Flip = true };

    public TrainerTests() => torch.set_num_threads(1);

    [Fact]
    public void A_resumed_trainer_gives_the_same_bits()
    {
        byte[] straight = Train(10, null, out _);
        _ = Train(4, null, out byte[] saved);
        byte[] resumed = Train(10, saved, out _);
        Assert.Equal(straight, resumed);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        Assert.Equal(Train(3, null, out _), Train(3, null, out _));
        Assert.NotEqual(Train(3, null, out _), Train(3, null, out _, seed: 2));
    }

    [Fact]
    public void Training_learns_what_can_be_learnt()
    {
        var images = SmallNets.Images(256, 3, 16, 16, 4);
        using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 4, seed: 1), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, images, Normalization, Spec with { CropPadding = 0 }, 48, 1, "test");
        while (trainer.StepsDone < 48) trainer.Step();
        Assert.True(Evaluation.Accuracy(net, images, Normalization).Top1 > 0.9);
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        _ = Train(2, null, out byte[] saved);
        saved[saved.Length / 2] ^= 1;
        Assert.Contains("SHA-256", Assert.Throws<InvalidDataException>(() => Train(3, saved, out _)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_training_and_leaves_the_weights()
    {
        using var net = new TorchNetwork(Zoo.Build("lenet", 3, 32, 32, 4, seed: 1), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, SmallNets.Images(64, 3, 32, 32, 4), Normalization, Spec with { LearningRate = 1e20, Warmup = 0 }, 50, 1, "test");
        Assert.Throws<NotFiniteException>(() =>
        {
            while (trainer.StepsDone < 50) trainer.Step();
        });
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1e6)]
    public void Gradients_longer_than_the_largest_are_shortened_to_it(double largest)
    {
        // One step without momentum, warm-up or decay: the weights move by rate × gradient.
        var spec = Spec with { LearningRate = 0.5, Warmup = 0, WeightDecay = 0 };
        double free = Moved(double.PositiveInfinity), held = Moved(largest);
        Assert.Equal(Math.Min(free, 0.5 * largest), held, 1e-4 * held);

        double Moved(double limit)
        {
            using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 4, seed: 1), TrainingDevice.Cpu);
            using var parts = new TrainingParts(spec) { LargestGradient = limit };
            using var trainer = new Trainer(net, SmallNets.Images(64, 3, 16, 16, 4), Normalization, spec, 1, 1, "test", parts);
            float[][] before = [.. net.Parameters.Select(parameter => parameter.Value.data<float>().ToArray())];
            trainer.Step();
            return Math.Sqrt(net.Parameters.Index().Sum(item => item.Item.Value.data<float>().ToArray().Zip(before[item.Index], (after, was) => Math.Pow(after - was, 2)).Sum()));
        }
    }

    [Fact]
    public void The_rate_climbs_from_a_tenth_to_the_peak_and_falls_to_nothing_as_a_cosine()
    {
        var spec = new TrainingSpec { LearningRate = 2, Warmup = 0.2 };
        Assert.Equal(0.2, LearningRate.At(spec, 0, 100), 1e-12);
        Assert.Equal(1.1, LearningRate.At(spec, 10, 100), 1e-12);
        Assert.Equal(2, LearningRate.At(spec, 20, 100), 1e-12);
        Assert.Equal(1, LearningRate.At(spec, 60, 100), 1e-12);
        Assert.Equal(Math.Cos(Math.PI * 79 / 80) + 1, LearningRate.At(spec, 99, 100), 1e-12);
    }

    [Fact]
    public void Losses_of_before_a_resumption_are_remembered()
    {
        _ = Train(4, null, out byte[] saved);
        using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 1), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, SmallNets.Images(100, 3, 16, 16, 10), Normalization, Spec, 20, 1, "test");
        float[] losses = [.. Enumerable.Range(0, 5).Select(_ => trainer.Step())];
        trainer.Load(new MemoryStream(saved));
        Assert.Equal(losses[..4], trainer.Losses);
        trainer.Step();
        Assert.Equal(losses, trainer.Losses);
    }

    [Fact]
    public void What_is_done_after_each_step_sees_the_updated_weights()
    {
        using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 1), TrainingDevice.Cpu);
        using var parts = new TrainingParts(Spec);
        parts.AfterSteps.Add(new FirstWeightToZero());
        using var trainer = new Trainer(net, SmallNets.Images(64, 3, 16, 16, 10), Normalization, Spec, 20, 1, "test", parts);
        for (int i = 0; i < 2; i++) trainer.Step();
        float[] weights = TrainingDevice.Floats(net.Parameters[0].Value);
        Assert.Equal(0, weights[0]);
        Assert.All(weights[1..], weight => Assert.NotEqual(0, weight));
    }

    [Fact]
    public void Steps_leave_no_tensors_behind()
    {
        using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 1), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, SmallNets.Images(64, 3, 16, 16, 10), Normalization, Spec, 20, 1, "test");
        for (int i = 0; i < 3; i++) trainer.Step();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 10; i++) trainer.Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Recalibration_gives_the_mean_of_the_batches_statistics()
    {
        var images = SmallNets.Images(192, 3, 16, 16, 10);
        var network = SmallNets.Perturbed(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 1));
        using var net = new TorchNetwork(network, TrainingDevice.Cpu);
        BatchNormalizationRecalibration.Run(net, images, Normalization, 1, "test");
        // The first layer sees the images themselves: over equal batches the mean of means is the mean over all.
        var first = network.Nodes.First(node => node.Operator == "BatchNormalization");
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        var (inputs, _) = new BatchFeeder(images, Normalization, TrainingDevice.Cpu).Batch([.. Enumerable.Range(0, images.Count)]);
        var convolution = network.Nodes.First(node => node.Operator == "Conv");
        var weight = network.Floats(convolution.Inputs[1]);
        var output = torch.nn.functional.conv2d(
            inputs, torch.tensor(weight.Data, [.. weight.Shape.Select(size => (long)size)]), padding: [1, 1]);
        float[] expected = output.mean([0, 2, 3]).data<float>().ToArray();
        float[] found = net.Statistics.Single(statistic => statistic.Name == first.Inputs[3]).Value.data<float>().ToArray();
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    /// <summary>Trains a small network to a step; gives its file.</summary>
    private static byte[] Train(int until, byte[]? from, out byte[] saved, ulong seed = 1)
    {
        using var net = new TorchNetwork(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 1), TrainingDevice.Cpu);
        using var trainer = new Trainer(net, SmallNets.Images(100, 3, 16, 16, 10), Normalization, Spec, 20, seed, "test");
        if (from is not null) trainer.Load(new MemoryStream(from));
        while (trainer.StepsDone < until) trainer.Step();
        var stream = new MemoryStream();
        trainer.Save(stream);
        saved = stream.ToArray();
        return OnnxWriter.ToBytes(net.ToNetwork());
    }

    private sealed class FirstWeightToZero : IAfterStep
    {
        public void Apply(TorchNetwork net) => net.Parameters[0].Value.view(-1)[0] = 0;
    }
}
