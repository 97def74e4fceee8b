using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>A corrupted copy of a set, to see whether pruning cost robustness that clean accuracy does not show.</summary>
/// <remarks>
/// Four corruptions of D. Hendrycks and T. Dietterich, "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations"
/// (2019), with their severity 3 for images of CIFAR's size: Gaussian noise (deviation 0.08), Gaussian blur (deviation 0.7 pixels),
/// contrast (0.4 of each channel's distance from its mean) and brightness (0.15 more value at the same hue and saturation). The images
/// of every class take them in turn, so that each has a quarter of every class.
/// </remarks>
internal static class Corruption
{
    private const double NoiseDeviation = 0.08;
    private const double BlurDeviation = 0.7;
    private const double ContrastKept = 0.4;
    private const double BrightnessAdded = 0.15;
    private const int Kinds = 4;

    /// <summary>The corrupted copy; the same set and seed give the same copy.</summary>
    public static ImageSet Of(ImageSet images, ulong seed)
    {
        int plane = images.Height * images.Width, each = images.Channels * plane;
        byte[] pixels = (byte[])images.Pixels.Clone();
        int[] seen = new int[images.Classes.Count];
        for (int i = 0; i < images.Count; i++)
        {
            var image = pixels.AsSpan(i * each, each);
            switch (seen[images.Labels[i]]++ % Kinds)
            {
                case 0: Noise(image, new(seed, Invariant($"corruption/{i}"))); break;
                case 1: Blur(image, images.Height, images.Width); break;
                case 2: Contrast(image, plane); break;
                default: Brighten(image, plane); break;
            }

            Pulse.Beat();
        }

        return images with { Pixels = pixels };
    }

    private static void Noise(Span<byte> image, SeededRandom random)
    {
        foreach (ref byte pixel in image) pixel = Byte(pixel + (255 * NoiseDeviation * random.NextNormal()));
    }

    /// <summary>Separable, radius 3 (four deviations), edges repeated.</summary>
    private static void Blur(Span<byte> image, int height, int width)
    {
        double[] kernel = [.. Enumerable.Range(-3, 7).Select(offset => Math.Exp(-offset * offset / (2 * BlurDeviation * BlurDeviation)))];
        double sum = kernel.Sum();
        double[] rows = new double[height * width];
        for (int start = 0; start < image.Length; start += height * width)
        {
            var plane = image.Slice(start, height * width);
            for (int i = 0; i < rows.Length; i++)
            {
                int y = i / width, x = i % width;
                rows[i] = 0;
                for (int k = -3; k <= 3; k++) rows[i] += kernel[k + 3] / sum * plane[(y * width) + Math.Clamp(x + k, 0, width - 1)];
            }

            for (int i = 0; i < rows.Length; i++)
            {
                int y = i / width, x = i % width;
                double value = 0;
                for (int k = -3; k <= 3; k++) value += kernel[k + 3] / sum * rows[(Math.Clamp(y + k, 0, height - 1) * width) + x];
                plane[i] = Byte(value);
            }
        }
    }

    private static void Contrast(Span<byte> image, int plane)
    {
        for (int start = 0; start < image.Length; start += plane)
        {
            var channel = image.Slice(start, plane);
            double mean = 0;
            foreach (byte pixel in channel) mean += pixel / (double)plane;
            foreach (ref byte pixel in channel) pixel = Byte(mean + (ContrastKept * (pixel - mean)));
        }
    }

    /// <summary>Value is the largest channel; hue and saturation stay when all channels grow by the same factor.</summary>
    private static void Brighten(Span<byte> image, int plane)
    {
        int channels = image.Length / plane;
        for (int i = 0; i < plane; i++)
        {
            int value = 0;
            for (int c = 0; c < channels; c++) value = Math.Max(value, image[(c * plane) + i]);
            double brighter = Math.Min(255, value + (255 * BrightnessAdded));
            for (int c = 0; c < channels; c++)
            {
                ref byte pixel = ref image[(c * plane) + i];
                pixel = Byte(value == 0 ? brighter : pixel * brighter / value);
            }
        }
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
