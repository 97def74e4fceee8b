namespace Distributed.Compression.Graph;

/// <summary>MobileNetV2 (Sandler et al. 2018) with the strides that are usual for 32×32 images: the stem and the second stage keep the size.</summary>
internal static class MobileNet
{
    private static readonly (int Expansion, int Width, int Blocks, int Stride)[] Stages =
        [(1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)];

    /// <summary>Adds the layers and gives the logits.</summary>
    public static string Build(NetworkBuilder net, ZooShape shape)
    {
        net.Scalar("zero", 0);
        net.Scalar("six", 6);
        string x = Activated(net, "stem", net.Input(shape.Channels, shape.Height, shape.Width), 32, kernel: 3);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            var (expansion, width, blocks, stride) = Stages[stage];
            for (int block = 0; block < blocks; block++)
                x = Block(net, Invariant($"stage{stage + 1}.block{block + 1}"), x, expansion, width, block == 0 ? stride : 1);
        }

        return net.PooledHead(Activated(net, "last", x, 1280, kernel: 1), shape.Classes);
    }

    /// <summary>The inverted residual: expand, filter each channel, project without activation.</summary>
    private static string Block(NetworkBuilder net, string name, string input, int expansion, int width, int stride)
    {
        int hidden = net.Shape(input)[1] * expansion;
        string x = expansion == 1 ? input : Activated(net, $"{name}.expand", input, hidden, kernel: 1);
        x = Activated(net, $"{name}.depthwise", x, hidden, kernel: 3, stride, group: hidden);
        x = net.BatchNormalization($"{name}.project.bn", net.Conv($"{name}.project", x, width, kernel: 1));
        return stride == 1 && net.Shape(input)[1] == width ? net.Add("Add", $"{name}.add", [x, input]) : x;
    }

    /// <summary>Conv → BatchNormalization → ReLU6.</summary>
    private static string Activated(NetworkBuilder net, string name, string input, int width, int kernel, int stride = 1, int group = 1)
    {
        string x = net.BatchNormalization($"{name}.bn", net.Conv(name, input, width, kernel, stride, kernel / 2, group));
        return net.Add("Clip", $"{name}.relu6", [x, "zero", "six"]);
    }
}
