using Distributed.Sweeps;

namespace Distributed.Compression.Graph;

/// <summary>Networks that are built from nothing: for quick starts, and for tests.</summary>
internal static class Zoo
{
    private static readonly SortedDictionary<string, Func<NetworkBuilder, ZooShape, string>> Builders = new(StringComparer.Ordinal)
    {
        ["lenet"] = LeNet.Build,
        ["mobilenet-v2"] = MobileNet.Build,
        ["resnet-8"] = (net, shape) => ResNet.Build(net, shape, blocks: 1),
        ["resnet-20"] = (net, shape) => ResNet.Build(net, shape, blocks: 3),
        ["resnet-56"] = (net, shape) => ResNet.Build(net, shape, blocks: 9),
        ["vgg-16-bn"] = Vgg.Build,
        ["vit-tiny"] = VisionTransformer.Build,
    };

    /// <summary>The names, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Builders.Keys];

    /// <summary>A network with random weights: input "input" [N, channels, height, width], output "logits" [N, classes].</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="channels">Of the image, 1 or more.</param>
    /// <param name="height">Of the image, 16 or more.</param>
    /// <param name="width">Of the image, 16 or more.</param>
    /// <param name="classes">2 or more.</param>
    /// <param name="seed">Of the weights.</param>
    /// <exception cref="InvalidInputException">No such network, or images too small for it.</exception>
    public static Network Build(string name, int channels, int height, int width, int classes, ulong seed)
    {
        if (!Builders.TryGetValue(name, out var build))
            throw new InvalidInputException("model.zoo", $"there is no network '{name}' in the zoo", $"Did you mean '{Nearest(name)}'? There are {string.Join(", ", Names)}.");
        if (channels < 1 || classes < 2 || Math.Min(height, width) < 16)
        {
            throw new InvalidInputException(
                "model.zoo",
                Invariant($"'{name}' cannot be built for {channels}×{height}×{width} images in {classes} classes"),
                "Give images of 16×16 or more and 2 classes or more.");
        }

        var net = new NetworkBuilder(name, seed);
        return net.Build(build(net, new(channels, height, width, classes)));
    }

    private static string Nearest(string name) => Names.MinBy(known => Distance(name.ToLowerInvariant(), known))!;

    /// <summary>Edits (Levenshtein) between two names.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0]++;
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}

/// <summary>What a zoo network is built for.</summary>
internal sealed record ZooShape(int Channels, int Height, int Width, int Classes);
