namespace Distributed.Compression.Graph;

/// <summary>LeNet (LeCun et al. 1998) with widths of 32, 64 and 256: the classic 6, 16, 120 leave nothing that removing would make faster.</summary>
internal static class LeNet
{
    /// <summary>Adds the layers and gives the logits.</summary>
    public static string Build(NetworkBuilder net, ZooShape shape)
    {
        string x = net.Input(shape.Channels, shape.Height, shape.Width);
        x = net.Relu("conv1.relu", net.Conv("conv1", x, 32, kernel: 5, pad: 2, bias: true));
        x = net.MaxPool("pool1", x, 2);
        x = net.Relu("conv2.relu", net.Conv("conv2", x, 64, kernel: 5, bias: true));
        x = net.MaxPool("pool2", x, 2);
        x = net.Dense("dense1", net.Flatten("flat", x), 256, relu: true);
        return net.Dense("head", x, shape.Classes);
    }
}
