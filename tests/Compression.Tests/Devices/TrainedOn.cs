using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Sparsity;
using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Devices;

/// <summary>What two steps with everything that can take part in training make of a network on a device.</summary>
/// <param name="Losses">Of the steps.</param>
/// <param name="Accuracy">Top-1 and loss after them.</param>
/// <param name="Network">The trained network.</param>
/// <param name="Checkpoint">The trainer's.</param>
internal sealed record TrainedOn(float[] Losses, (double Top1, double Loss) Accuracy, Network Network, byte[] Checkpoint)
{
    private static readonly TrainingSpec Spec = new() { BatchSize = 6, LearningRate = 0.05, CropPadding = 2, Flip = true };

    /// <summary>Group lasso, zeros that stay, short gradients; then new statistics.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="images">At least 12.</param>
    /// <param name="device">Where.</param>
    /// <param name="between">Sees the network after each step and at the end.</param>
    /// <param name="from">The checkpoint of a trainer to go on from, or null.</param>
    public static TrainedOn Of(Network network, ImageSet images, TrainingDevice device, Action<TorchNetwork>? between = null, byte[]? from = null)
    {
        var normalization = new Normalization([0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
        using var net = new TorchNetwork(network, device);
        using var parts = new TrainingParts(Spec) { LargestGradient = 1 };
        parts.Regularizers.Add(new GroupLasso(network, ChannelGroups.Of(network), 1e-3, device));
        parts.AfterSteps.Add(new ZerosStay(network, SparseLayer.Of(network), device));
        using var trainer = new Trainer(net, images, normalization, Spec, 4, 1, "devices", parts);
        if (from is not null) trainer.Load(new MemoryStream(from));
        for (int step = 0; step < 2; step++)
        {
            trainer.Step();
            between?.Invoke(net);
        }

        using var checkpoint = new MemoryStream();
        trainer.Save(checkpoint);
        BatchNormalizationRecalibration.Run(net, images, normalization, 1, "devices/recalibration");
        between?.Invoke(net);
        return new([.. trainer.Losses], Evaluation.Accuracy(net, images, normalization), net.ToNetwork(), checkpoint.ToArray());
    }

    /// <summary>Asserts that another device gave the same up to rounding, and really something else than the beginning.</summary>
    public void AssertLike(TrainedOn other, Network start)
    {
        Assert.All(Losses.Zip(other.Losses), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First))));
        // libtorch's lazy device computes batches' statistics and forgets to fold them into the running ones.
        var roles = WeightRoles.Of(start);
        if (!roles.Values.Contains(WeightRole.Statistic)) Assert.Equal(Accuracy.Loss, other.Accuracy.Loss, 1e-2 * Math.Max(1, Math.Abs(Accuracy.Loss)));
        foreach (string name in roles.Keys.Where(name => roles[name] != WeightRole.Statistic))
        {
            float[] mine = Network.Floats(name).Data, theirs = other.Network.Floats(name).Data;
            double scale = Math.Max(1e-2, mine.Max(Math.Abs));
            Assert.All(mine.Zip(theirs), pair => Assert.Equal(pair.First, pair.Second, 1e-2 * scale));
        }

        Assert.Contains(roles.Keys, name => roles[name] == WeightRole.Weight && !start.Floats(name).Data.SequenceEqual(other.Network.Floats(name).Data));
    }
}
