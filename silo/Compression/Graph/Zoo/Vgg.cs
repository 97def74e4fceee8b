namespace Distributed.Compression.Graph;

/// <summary>VGG-16 with BatchNormalization (Simonyan and Zisserman 2015) and the small head that is usual for small images.</summary>
internal static class Vgg
{
    private static readonly (int Width, int Layers)[] Stages = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)];

    /// <summary>Adds the layers and gives the logits.</summary>
    public static string Build(NetworkBuilder net, ZooShape shape)
    {
        string x = net.Input(shape.Channels, shape.Height, shape.Width);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            for (int layer = 0; layer < Stages[stage].Layers; layer++)
                x = net.ConvBnRelu(Invariant($"conv{stage + 1}_{layer + 1}"), x, Stages[stage].Width, kernel: 3, pad: 1);
            if (Math.Min(net.Shape(x)[2], net.Shape(x)[3]) >= 2) x = net.MaxPool(Invariant($"pool{stage + 1}"), x, 2);
        }

        x = net.Dense("dense1", net.Flatten("flat", net.Add("GlobalAveragePool", "pool", [x])), 512, relu: true);
        return net.Dense("head", x, shape.Classes);
    }
}
