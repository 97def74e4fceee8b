using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Training;

/// <summary>Networks with weights that no test can pass by luck, and images to feed them.</summary>
internal static class SmallNets
{
    /// <summary>The same network with random BatchNormalization: scale and variance in [0.5, 1.5], shift and mean about 0.</summary>
    public static Network Perturbed(Network network)
    {
        var random = new SeededRandom(7, "perturbation");
        var changed = network.Initializers;
        foreach (var node in network.Nodes.Where(node => node.Operator == "BatchNormalization"))
        {
            for (int i = 1; i <= 4; i++)
            {
                var old = network.Floats(node.Inputs[i]);
                bool positive = i is 1 or 4;
                float[] data = [.. old.Data.Select(_ => positive ? 0.5f + random.NextSingle() : 0.2f * (float)random.NextNormal())];
                changed = changed.SetItem(node.Inputs[i], new FloatTensor(old.Shape, data));
            }
        }

        return network with { Initializers = changed };
    }

    /// <summary>Noise whose brightness tells the class, so that it can be learnt.</summary>
    public static ImageSet Images(int count, int channels, int height, int width, int classes)
    {
        var random = new SeededRandom(3, "images");
        int size = channels * height * width;
        byte[] pixels = new byte[count * size];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i % classes)];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)random.Next(256 * (labels[i / size] + 1) / (classes + 1));
        return new(pixels, labels, channels, height, width, [.. Enumerable.Range(0, classes).Select(i => Invariant($"class {i}"))]);
    }
}
