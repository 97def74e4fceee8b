using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Depthwise 7×7, LayerNorm and two dense layers channels-last, GELU, a scale for each channel (Liu et al. 2022).</summary>
internal static class ConvNeXt
{
    /// <summary>Adds the layers and gives the logits.</summary>
    public static string Build(NetworkBuilder net)
    {
        string x = net.Conv("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 16, 4, stride: 4, bias: true);
        x = ChannelsFirst(net, "stem.norm", net.LayerNorm("stem.norm", net.Transpose("stem.last", x, 0, 2, 3, 1)));
        for (int i = 0; i < 2; i++) x = Block(net, Invariant($"block{i}"), x);
        x = net.Flatten("flat", net.Add("GlobalAveragePool", "pool", [x]));
        return net.Dense("head", net.LayerNorm("norm", x), GalleryNetworks.Classes);
    }

    private static string Block(NetworkBuilder net, string name, string x)
    {
        string y = net.Conv($"{name}.depth", x, 16, 7, pad: 3, group: 16, bias: true);
        y = net.LayerNorm($"{name}.norm", net.Transpose($"{name}.last", y, 0, 2, 3, 1), 1e-6);
        y = net.Linear($"{name}.second", net.Gelu($"{name}.gelu", net.Linear($"{name}.first", y, 40)), 16);
        y = net.Add("Mul", $"{name}.scaled", [net.Vector($"{name}.gamma", 16, 0.5f), y]);
        return net.Add("Add", name, [x, ChannelsFirst(net, name, y)]);
    }

    private static string ChannelsFirst(NetworkBuilder net, string name, string x) => net.Transpose($"{name}.first.order", x, 0, 3, 1, 2);
}
