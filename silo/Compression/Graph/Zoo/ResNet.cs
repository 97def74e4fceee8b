namespace Distributed.Compression.Graph;

/// <summary>The residual networks for small images (He et al. 2016, §4.2): three stages of 16, 32 and 64 channels.</summary>
/// <remarks>
/// Where the width changes, the shortcut is a 1×1 projection with BatchNormalization (the paper's option B), not the paper's padding with
/// zeros (option A): stages can then be narrowed independently of one another.
/// </remarks>
internal static class ResNet
{
    /// <summary>Adds the layers and gives the logits; 6 · blocks + 2 weighted layers on the main path.</summary>
    public static string Build(NetworkBuilder net, ZooShape shape, int blocks)
    {
        string x = net.ConvBnRelu("stem", net.Input(shape.Channels, shape.Height, shape.Width), 16, kernel: 3, pad: 1);
        for (int stage = 0; stage < 3; stage++)
        {
            for (int block = 0; block < blocks; block++)
                x = Block(net, Invariant($"stage{stage + 1}.block{block + 1}"), x, 16 << stage, stage > 0 && block == 0 ? 2 : 1);
        }

        return net.PooledHead(x, shape.Classes);
    }

    private static string Block(NetworkBuilder net, string name, string input, int width, int stride)
    {
        string x = net.ConvBnRelu($"{name}.conv1", input, width, kernel: 3, stride, pad: 1);
        x = net.BatchNormalization($"{name}.conv2.bn", net.Conv($"{name}.conv2", x, width, kernel: 3, pad: 1));
        string shortcut = net.Shape(input)[1] == width && stride == 1
            ? input
            : net.BatchNormalization($"{name}.shortcut.bn", net.Conv($"{name}.shortcut", input, width, kernel: 1, stride));
        return net.Relu($"{name}.relu", net.Add("Add", $"{name}.add", [x, shortcut]));
    }
}
