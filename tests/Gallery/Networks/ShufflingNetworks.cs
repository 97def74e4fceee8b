using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Networks that shuffle channels between groups: Reshape → Transpose → Reshape.</summary>
internal static class ShufflingNetworks
{
    /// <summary>Grouped 1×1 convolutions with a shuffle between them; the image is halved by joining with its average (Zhang et al. 2018).</summary>
    public static string ShuffleNetV1(NetworkBuilder net)
    {
        string x = net.ConvBnRelu("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 12, 3, stride: 2, pad: 1);
        string y = Unit(net, "down", x, 12, stride: 2);
        string pooled = net.Add("AveragePool", "down.pool", [x], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 1, 1, 1, 1 }));
        x = net.Relu("down.relu", net.Add("Concat", "down.join", [pooled, y], ("axis", 1L)));
        x = net.Relu("same.relu", net.Add("Add", "same.add", [x, Unit(net, "same", x, 24, stride: 1)]));
        return net.PooledHead(x, GalleryNetworks.Classes);
    }

    private static string Unit(NetworkBuilder net, string name, string x, int width, int stride)
    {
        string y = net.Relu($"{name}.first.relu", net.ConvBn($"{name}.first", x, 12, 1, group: 3));
        y = net.ConvBn($"{name}.depth", Shuffle(net, $"{name}.shuffle", y, 3, computed: false), 12, 3, stride, 1, group: 12);
        return net.ConvBn($"{name}.second", y, width, 1, group: 3);
    }

    /// <summary>Half of the channels pass, the other half is worked on, then both are joined and shuffled (Ma et al. 2018).</summary>
    public static string ShuffleNetV2(NetworkBuilder net)
    {
        string x = net.ConvBnRelu("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 16, 3, stride: 2, pad: 1);
        for (int i = 0; i < 2; i++)
        {
            string name = Invariant($"unit{i}");
            var halves = net.Split($"{name}.halves", x, 1, 8, 8);
            string y = net.ConvBnRelu($"{name}.first", halves[1], 8, 1);
            y = net.ConvBnRelu($"{name}.second", net.ConvBn($"{name}.depth", y, 8, 3, pad: 1, group: 8), 8, 1);
            x = Shuffle(net, $"{name}.shuffle", net.Add("Concat", $"{name}.join", [halves[0], y], ("axis", 1L)), 2, computed: true);
        }

        return net.PooledHead(net.ConvBnRelu("last", x, 24, 1), GalleryNetworks.Classes);
    }

    private static string Shuffle(NetworkBuilder net, string name, string x, int groups, bool computed)
    {
        var shape = net.Shape(x);
        long[] apart = [groups, shape[1] / groups, shape[2], shape[3]];
        long[] together = [shape[1], shape[2], shape[3]];
        string Reshape(string part, string value, long[] rest) => computed
            ? net.ReshapeOpen(part, value, rest)
            : net.Add("Reshape", part, [value, net.Integers($"{part}.shape", [-1, .. rest])]);
        return Reshape(name, net.Transpose($"{name}.swap", Reshape($"{name}.apart", x, apart), 0, 2, 1, 3, 4), together);
    }
}
