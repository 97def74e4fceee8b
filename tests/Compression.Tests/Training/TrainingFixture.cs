using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Sweeps;
using TorchSharp;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Distributed.Compression.Tests.Training;

/// <summary>A smooth network, so that finite differences hold, and grey images for it.</summary>
internal static class TrainingFixture
{
    public static readonly Normalization Norm = new([0.5f], [0.25f]);

    /// <summary>Conv → BatchNormalization → sigmoid → Conv → BatchNormalization → pool → dense.</summary>
    public static Network Tiny()
    {
        var net = new NetworkBuilder("tiny", 1);
        string x = net.BatchNormalization("bn1", net.Conv("conv1", net.Input(1, 16, 16), 4, kernel: 3, stride: 2, pad: 1, bias: true));
        x = net.BatchNormalization("bn2", net.Conv("conv2", net.Add("Sigmoid", "act", [x]), 8, kernel: 3, stride: 2, pad: 1));
        return net.Build(net.PooledHead(x, 3));
    }

    /// <summary>Single-channel normalisation and nothing else.</summary>
    public static Network NormalizationAlone()
    {
        var net = new NetworkBuilder("alone", 1);
        return net.Build(net.Flatten("flat", net.BatchNormalization("bn", net.Input(1, 16, 16))));
    }

    public static ImageSet Images(int count) => SmallNets.Images(count, 1, 16, 16, 3);

    public static TorchTensor Input(int count)
    {
        var random = new SeededRandom(3, "input");
        return torch.tensor([.. Enumerable.Range(0, count * 256).Select(_ => (float)random.NextNormal())], [count, 1, 16, 16]);
    }

    /// <summary>Row-major values, whatever the layout in memory.</summary>
    public static float[] Values(TorchTensor tensor)
    {
        using var detached = tensor.detach();
        using var dense = detached.contiguous();
        return dense.data<float>().ToArray();
    }
}
