using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Networks whose layers add to, or are joined with, what came before.</summary>
internal static class ResidualNetworks
{
    /// <summary>Bottlenecks with a grouped convolution (Xie et al. 2017).</summary>
    public static string ResNeXt(NetworkBuilder net)
    {
        string x = net.ConvBnRelu("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 16, 3, pad: 1);
        for (int i = 0; i < 2; i++)
        {
            string name = Invariant($"block{i}");
            string y = net.ConvBnRelu($"{name}.reduce", x, 16, 1);
            y = net.Relu($"{name}.grouped.relu", net.ConvBn($"{name}.grouped", y, 16, 3, stride: 1 + i, pad: 1, group: 4));
            y = net.ConvBn($"{name}.expand", y, 32, 1);
            x = net.Relu($"{name}.relu", net.Add("Add", name, [y, net.ConvBn($"{name}.shortcut", x, 32, 1, stride: 1 + i)]));
        }

        return net.PooledHead(x, GalleryNetworks.Classes);
    }

    /// <summary>Residual blocks with group normalisation as exporters spell it: Reshape → InstanceNormalization → Reshape → Mul → Add.</summary>
    public static string GroupNormalized(NetworkBuilder net)
    {
        string x = net.Conv("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 16, 3, pad: 1, bias: true);
        for (int i = 0; i < 2; i++)
        {
            string name = Invariant($"block{i}");
            string y = net.Conv($"{name}.first", net.Relu($"{name}.relu1", GroupNorm(net, $"{name}.norm1", x, 4)), 16, 3, pad: 1, bias: true);
            y = net.Conv($"{name}.second", net.Relu($"{name}.relu2", GroupNorm(net, $"{name}.norm2", y, 4)), 16, 3, pad: 1, bias: true);
            x = net.Add("Add", name, [x, y]);
        }

        return net.PooledHead(x, GalleryNetworks.Classes);
    }

    private static string GroupNorm(NetworkBuilder net, string name, string x, int groups)
    {
        var shape = net.Shape(x);
        (int channels, int height, int width) = (shape[1], shape[2], shape[3]);
        if (net.Opset >= 21)
            return net.Add("GroupNormalization", name, [x, net.Vector($"{name}.weight", channels, 1), net.Vector($"{name}.bias", channels, 0)], ("num_groups", (long)groups));
        string grouped = net.Add("Reshape", $"{name}.grouped", [x, net.Integers($"{name}.grouped.shape", 0, groups, -1)]);
        string ones = net.Constant($"{name}.ones", new FloatTensor([groups, 1], [.. Enumerable.Repeat(1f, groups)]));
        string zeros = net.Constant($"{name}.zeros", new FloatTensor([groups, 1], new float[groups]));
        string flatOnes = net.Add("Reshape", $"{name}.ones.flat", [ones, net.Integers($"{name}.ones.shape", groups)]);
        string flatZeros = net.Add("Reshape", $"{name}.zeros.flat", [zeros, net.Integers($"{name}.zeros.shape", groups)]);
        string normal = net.Add("InstanceNormalization", $"{name}.normal", [grouped, flatOnes, flatZeros], ("epsilon", 1e-5));
        string restored = net.Add("Reshape", $"{name}.restored", [normal, net.Integers($"{name}.restored.shape", -1, channels, height, width)]);
        string scaled = net.Add("Mul", $"{name}.scaled", [restored, net.OverAxes("Unsqueeze", $"{name}.weight.spread", net.Vector($"{name}.weight", channels, 1), 13, [1, 2])]);
        return net.Add("Add", name, [scaled, net.OverAxes("Unsqueeze", $"{name}.bias.spread", net.Vector($"{name}.bias", channels, 0), 13, [1, 2])]);
    }

    /// <summary>Every layer reads all before it; transitions halve the image (Huang et al. 2017).</summary>
    public static string DenseNet(NetworkBuilder net)
    {
        string x = net.Conv("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 12, 3, stride: 2, pad: 1);
        for (int block = 0; block < 2; block++)
        {
            for (int layer = 0; layer < 2; layer++)
            {
                string name = Invariant($"block{block}.layer{layer}");
                string y = net.Conv($"{name}.bottleneck", Activated(net, $"{name}.one", x), 16, 1);
                y = net.Conv($"{name}.grow", Activated(net, $"{name}.two", y), 8, 3, pad: 1);
                x = net.Add("Concat", name, [x, y], ("axis", 1L));
            }

            if (block > 0) continue;
            x = net.Conv("transition", Activated(net, "transition", x), 14, 1);
            x = net.Add("AveragePool", "transition.pool", [x], ("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }));
        }

        return net.PooledHead(Activated(net, "final", x), GalleryNetworks.Classes);
    }

    private static string Activated(NetworkBuilder net, string name, string x) => net.Relu($"{name}.relu", net.BatchNormalization($"{name}.bn", x));
}
