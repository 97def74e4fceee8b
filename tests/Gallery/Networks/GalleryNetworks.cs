using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Gallery;

/// <summary>Small networks of every family that people bring, written as exporters write them: not normalised, in any operator set.</summary>
/// <remarks>
/// A few thousand parameters; input "input" (N×3×16×16 floats, or N×12 token numbers below <see cref="Encoders.Vocabulary"/>), output "logits" (N×10).
/// No vector is constant, so that nothing hides behind a bias of 0 or a variance of 1.
/// </remarks>
internal static class GalleryNetworks
{
    /// <summary>Classes that every network tells apart.</summary>
    public const int Classes = 10;

    /// <summary>Height and width of the images.</summary>
    public const int Size = 16;

    private static readonly SortedDictionary<string, Func<NetworkBuilder, string>> Builders = new(StringComparer.Ordinal)
    {
        ["vgg"] = PlainNetworks.Vgg,
        ["squeezenet"] = PlainNetworks.SqueezeNet,
        ["inception"] = PlainNetworks.Inception,
        ["resnext"] = ResidualNetworks.ResNeXt,
        ["resnet-groupnorm"] = ResidualNetworks.GroupNormalized,
        ["densenet"] = ResidualNetworks.DenseNet,
        ["mobilenet-v3"] = MobileNetworks.MobileNetV3,
        ["efficientnet"] = MobileNetworks.EfficientNet,
        ["shufflenet-v1"] = ShufflingNetworks.ShuffleNetV1,
        ["shufflenet-v2"] = ShufflingNetworks.ShuffleNetV2,
        ["convnext"] = ConvNeXt.Build,
        ["vit"] = net => Encoders.VisionTransformer(net, packed: false),
        ["vit-packed"] = net => Encoders.VisionTransformer(net, packed: true),
        ["bert"] = Encoders.Bert,
        ["quantized-weights"] = PlainNetworks.QuantizedWeights,
    };

    /// <summary>The names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Builders.Keys];

    /// <summary>Those that take images.</summary>
    public static IReadOnlyList<string> OfImages { get; } = [.. Builders.Keys.Where(name => name != "bert")];

    /// <summary>Those that operator set 6 can say: the others add biases to values of more axes, which it broadcasts the other way round only.</summary>
    public static IReadOnlyList<string> OfSet6 { get; } = [.. Builders.Keys.Where(name => name is not ("bert" or "convnext" or "vit" or "vit-packed"))];

    /// <summary>A network in an operator set from 7 on, or one of <see cref="OfSet6"/> in that one; the same seed gives the same function in all of them.</summary>
    public static Network Build(string name, int opset = 17, ulong seed = 1)
    {
        var net = new NetworkBuilder(name, seed, opset);
        return Shaken(net.Build(Builders[name](net)), seed);
    }

    /// <summary>Standard normal images, or random token numbers (0 is the padding, and stands at the end).</summary>
    public static Tensor Inputs(Network network, int count, ulong seed)
    {
        var random = new SeededRandom(seed, "gallery/inputs");
        var shape = network.Inputs[0].Shape.SetItem(0, count);
        if (network.Inputs[0].Type == ElementType.Float) return new FloatTensor(shape, [.. Enumerable.Range(0, Tensor.Count(shape)).Select(_ => (float)random.NextNormal())]);
        int length = shape[1];
        return new IntegerTensor(shape, [.. Enumerable.Range(0, count).Select(_ => random.Next(3, length + 1))
            .SelectMany(tokens => Enumerable.Range(0, length).Select(i => i < tokens ? 1L + random.Next(Encoders.Vocabulary - 1) : 0L))]);
    }

    private static Network Shaken(Network network, ulong seed)
    {
        var shaken = network.Initializers.ToBuilder();
        foreach (var (name, tensor) in network.Initializers)
        {
            if (tensor is not FloatTensor { Shape.Length: 1, Length: > 1 } vector || name.EndsWith(".scale", StringComparison.Ordinal)) continue;
            var random = new SeededRandom(seed, $"gallery/{name}");
            shaken[name] = new FloatTensor(vector.Shape, [.. vector.Data.Select(value => value + (0.6f * (random.NextSingle() - 0.5f)))]);
        }

        return network with { Initializers = shaken.ToImmutable() };
    }
}
