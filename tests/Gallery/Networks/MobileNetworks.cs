using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Inverted residuals with depthwise convolutions, and squeeze and excitation.</summary>
internal static class MobileNetworks
{
    /// <summary>HardSwish, gates of HardSigmoid (Howard et al. 2019).</summary>
    public static string MobileNetV3(NetworkBuilder net)
    {
        string x = net.HardSwish("stem.act", net.ConvBn("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 12, 3, stride: 2, pad: 1));
        for (int i = 0; i < 2; i++)
        {
            string name = Invariant($"block{i}");
            string y = net.HardSwish($"{name}.expand.act", net.ConvBn($"{name}.expand", x, 24, 1));
            y = net.HardSwish($"{name}.depth.act", net.ConvBn($"{name}.depth", y, 24, 5, pad: 2, group: 24));
            y = net.SqueezeExcite($"{name}.se", y, 8, net.Relu, "HardSigmoid");
            y = net.ConvBn($"{name}.project", y, 12, 1);
            x = net.Add("Add", name, [x, y]);
        }

        x = net.HardSwish("last.act", net.ConvBn("last", x, 24, 1));
        x = net.Flatten("flat", net.Add("GlobalAveragePool", "pool", [x]));
        return net.Dense("head", net.HardSwish("hidden.act", net.Dense("hidden", x, 20)), GalleryNetworks.Classes);
    }

    /// <summary>SiLU, gates of Sigmoid (Tan and Le 2019).</summary>
    public static string EfficientNet(NetworkBuilder net)
    {
        string x = net.Silu("stem.act", net.ConvBn("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 12, 3, stride: 2, pad: 1));
        for (int i = 0; i < 2; i++)
        {
            string name = Invariant($"block{i}");
            string y = net.Silu($"{name}.expand.act", net.ConvBn($"{name}.expand", x, 24, 1));
            y = net.Silu($"{name}.depth.act", net.ConvBn($"{name}.depth", y, 24, 3, pad: 1, group: 24));
            y = net.SqueezeExcite($"{name}.se", y, 6, net.Silu, "Sigmoid");
            x = net.Add("Add", name, [net.ConvBn($"{name}.project", y, 12, 1), x]);
        }

        x = net.Silu("last.act", net.ConvBn("last", x, 24, 1));
        return net.PooledHead(x, GalleryNetworks.Classes);
    }
}
