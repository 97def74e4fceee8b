namespace Distributed.Compression.Graph;

/// <summary>The layers that the zoo's networks are made of.</summary>
internal static class Layers
{
    /// <summary>He et al. 2015: what keeps variances through ReLU.</summary>
    private static readonly double HeGain = Math.Sqrt(2);

    /// <summary>A square convolution.</summary>
    public static string Conv(
        this NetworkBuilder net, string name, string input, int width, int kernel, int stride = 1, int pad = 0, int group = 1, bool bias = false)
    {
        int channels = net.Shape(input)[1] / group;
        string weight = net.Weights($"{name}.weight", [width, channels, kernel, kernel], channels * kernel * kernel, HeGain);
        string[] inputs = bias ? [input, weight, net.Vector($"{name}.bias", width, 0)] : [input, weight];
        return net.Add(
            "Conv",
            name,
            inputs,
            ("group", (long)group),
            ("kernel_shape", new long[] { kernel, kernel }),
            ("pads", new long[] { pad, pad, pad, pad }),
            ("strides", new long[] { stride, stride }));
    }

    /// <summary>A normalisation that does nothing yet: γ = 1, β = 0, mean 0, variance 1.</summary>
    public static string BatchNormalization(this NetworkBuilder net, string name, string input)
    {
        int width = net.Shape(input)[1];
        return net.Add(
            "BatchNormalization",
            name,
            [
                input, net.Vector($"{name}.gamma", width, 1), net.Vector($"{name}.beta", width, 0),
                net.Vector($"{name}.mean", width, 0), net.Vector($"{name}.variance", width, 1),
            ],
            ("epsilon", 1e-5));
    }

    /// <summary>max(0, x).</summary>
    public static string Relu(this NetworkBuilder net, string name, string input) => net.Add("Relu", name, [input]);

    /// <summary>Conv → BatchNormalization → ReLU.</summary>
    public static string ConvBnRelu(this NetworkBuilder net, string name, string input, int width, int kernel, int stride = 1, int pad = 0) =>
        net.Relu($"{name}.relu", net.BatchNormalization($"{name}.bn", net.Conv(name, input, width, kernel, stride, pad)));

    /// <summary>A square pool without overlap.</summary>
    public static string MaxPool(this NetworkBuilder net, string name, string input, int size) =>
        net.Add("MaxPool", name, [input], ("kernel_shape", new long[] { size, size }), ("strides", new long[] { size, size }));

    /// <summary>[N, C, H, W] → [N, C · H · W].</summary>
    public static string Flatten(this NetworkBuilder net, string name, string input) => net.Add("Flatten", name, [input], ("axis", 1L));

    /// <summary>A dense layer, weights [out, in].</summary>
    public static string Dense(this NetworkBuilder net, string name, string input, int width, bool relu = false)
    {
        int features = net.Shape(input)[1];
        string weight = net.Weights($"{name}.weight", [width, features], features, relu ? HeGain : 1);
        string output = net.Add("Gemm", name, [input, weight, net.Vector($"{name}.bias", width, 0)], ("transB", 1L));
        return relu ? net.Relu($"{name}.relu", output) : output;
    }

    /// <summary>Global average → flat → dense.</summary>
    public static string PooledHead(this NetworkBuilder net, string input, int classes) =>
        net.Dense("head", net.Flatten("flat", net.Add("GlobalAveragePool", "pool", [input])), classes);
}
