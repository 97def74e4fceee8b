using Distributed.Compression.Graph;

namespace Distributed.Gallery;

/// <summary>Networks without residual paths.</summary>
internal static class PlainNetworks
{
    /// <summary>Convolutions with biases, pools, two dense layers with Dropout between them (Simonyan and Zisserman 2015).</summary>
    public static string Vgg(NetworkBuilder net)
    {
        string x = net.Relu("conv1.relu", net.Conv("conv1", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 12, 3, pad: 1, bias: true));
        x = net.MaxPool("pool1", net.Relu("conv2.relu", net.Conv("conv2", x, 16, 3, pad: 1, bias: true)), 2);
        x = net.MaxPool("pool2", net.Relu("conv3.relu", net.Conv("conv3", x, 16, 3, pad: 1, bias: true)), 2);
        x = net.Dense("fc1", net.Flatten("flat", x), 24, relu: true);
        return net.Dense("fc2", net.Add("Dropout", "drop", [x]), GalleryNetworks.Classes);
    }

    /// <summary>Fire modules: a narrow layer feeds a 1×1 and a 3×3 one, which are joined (Iandola et al. 2016).</summary>
    public static string SqueezeNet(NetworkBuilder net)
    {
        string x = net.Relu("conv1.relu", net.Conv("conv1", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 16, 3, stride: 2, bias: true));
        x = net.Add("MaxPool", "pool1", [x], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 2, 2 }), ("pads", new long[] { 0, 0, 1, 1 }));
        for (int i = 1; i <= 2; i++)
        {
            string squeezed = net.Relu(Invariant($"fire{i}.squeeze.relu"), net.Conv(Invariant($"fire{i}.squeeze"), x, 8, 1, bias: true));
            string one = net.Relu(Invariant($"fire{i}.one.relu"), net.Conv(Invariant($"fire{i}.one"), squeezed, 12, 1, bias: true));
            string three = net.Relu(Invariant($"fire{i}.three.relu"), net.Conv(Invariant($"fire{i}.three"), squeezed, 12, 3, pad: 1, bias: true));
            x = net.Add("Concat", Invariant($"fire{i}"), [one, three], ("axis", 1L));
        }

        x = net.Relu("last.relu", net.Conv("last", net.Add("Dropout", "drop", [x]), GalleryNetworks.Classes, 1, bias: true));
        return net.Add("Reshape", "flat", [net.Add("GlobalAveragePool", "pool", [x]), net.Integers("flat.shape", -1, GalleryNetworks.Classes)]);
    }

    /// <summary>Local response normalisation, then two modules of four branches (Szegedy et al. 2015).</summary>
    public static string Inception(NetworkBuilder net)
    {
        string x = net.Relu("stem.relu", net.Conv("stem", net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size), 12, 3, stride: 2, pad: 1, bias: true));
        x = net.Add("LRN", "lrn", [x], ("size", 5L), ("alpha", 1e-3), ("beta", 0.75), ("bias", 1.0));
        x = Module(net, "a", x, averaged: false);
        return net.PooledHead(Module(net, "b", x, averaged: true), GalleryNetworks.Classes);
    }

    private static string Module(NetworkBuilder net, string name, string x, bool averaged)
    {
        string one = net.ConvBnRelu($"{name}.one", x, 8, 1);
        string three = net.ConvBnRelu($"{name}.three", net.ConvBnRelu($"{name}.three.reduce", x, 6, 1), 8, 3, pad: 1);
        string five = net.ConvBnRelu($"{name}.five.b", net.ConvBnRelu($"{name}.five.a", net.ConvBnRelu($"{name}.five.reduce", x, 6, 1), 6, 3, pad: 1), 6, 3, pad: 1);
        string pooled = averaged
            ? net.Add("AveragePool", $"{name}.pool", [x], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 1, 1 }), ("pads", new long[] { 1, 1, 1, 1 }), ("count_include_pad", 1L))
            : net.Add("MaxPool", $"{name}.pool", [x], ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 1, 1 }), ("pads", new long[] { 1, 1, 1, 1 }));
        return net.Add("Concat", name, [one, three, five, net.ConvBnRelu($"{name}.project", pooled, 6, 1)], ("axis", 1L));
    }

    /// <summary>Weights stored as int8, each output channel with a scale of its own, behind DequantizeLinear (an operator from 13 on with an axis).</summary>
    public static string QuantizedWeights(NetworkBuilder net)
    {
        string x = net.Input(3, GalleryNetworks.Size, GalleryNetworks.Size);
        for (int i = 0; i < 2; i++)
        {
            string name = Invariant($"conv{i}");
            int channels = net.Shape(x)[1];
            x = net.Add("Conv", name, [x, Stored(net, name, 12, channels), net.Vector($"{name}.bias", 12, 0)], ("pads", new long[] { 1, 1, 1, 1 }), ("strides", new long[] { 2, 2 }));
            x = net.Relu($"{name}.relu", x);
        }

        return net.PooledHead(x, GalleryNetworks.Classes);
    }

    private static string Stored(NetworkBuilder net, string name, int width, int channels)
    {
        int each = channels * 9;
        if (net.Opset < 13) return net.Weights($"{name}.weight", [width, channels, 3, 3], each, 1.4);
        string stored = net.Constant($"{name}.stored", new IntegerTensor([width, channels, 3, 3], [.. Enumerable.Range(0, width * each).Select(i => (long)((i * 7919 % 255) - 127))], ElementType.Int8));
        string scale = net.Constant($"{name}.scale", new FloatTensor([width], [.. Enumerable.Range(1, width).Select(i => 0.002f + (0.0002f * i))]));
        string zero = net.Constant($"{name}.zero", new IntegerTensor([width], new long[width], ElementType.Int8));
        return net.Add("DequantizeLinear", $"{name}.weight", [stored, scale, zero], ("axis", 0L));
    }
}
