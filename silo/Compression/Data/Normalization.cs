using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>How bytes become the model's input: (byte ÷ 255 − mean) ÷ deviation, for each channel.</summary>
/// <param name="Mean">Of pixels in [0, 1].</param>
/// <param name="Deviation">Of pixels in [0, 1]; above 0.</param>
internal sealed record Normalization(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>
    /// The model's own where its spec has one; else the statistics of the training split (to four decimals, deviation at least 0.01), so
    /// that a network trained from nothing starts from centred inputs. An imported network without one would not know them: it gets the
    /// pixels in [0, 1] as they are.
    /// </summary>
    /// <exception cref="InvalidInputException">The spec's have another number of channels, or a deviation is not above 0.</exception>
    public static Normalization For(ModelSpec model, ImageSet train)
    {
        if (model.Mean.Count == 0 && model.Deviation.Count == 0)
            return model.Onnx is null ? Statistics(train) : new([.. Repeat(0, train)], [.. Repeat(1, train)]);
        var (mean, deviation) = (Spread(model.Mean, train), Spread(model.Deviation, train));
        if (mean.Count != train.Channels || deviation.Count != train.Channels)
        {
            throw new InvalidInputException(
                "model.mean, model.std",
                $"{mean.Count} means and {deviation.Count} deviations, but the images have {train.Channels} channel{(train.Channels == 1 ? "" : "s")}",
                "Give one of each, one of each for every channel, or none.");
        }

        if (deviation.Any(value => !(value > 0)))
            throw new InvalidInputException("model.std", "a deviation is not above 0", "Give the deviation of pixels in [0, 1], such as 0.25.");
        return new([.. mean.Select(value => (float)value)], [.. deviation.Select(value => (float)value)]);
    }

    /// <summary>Writes an image's normalised channels, row-major.</summary>
    public void Apply(ReadOnlySpan<byte> image, Span<float> normalised)
    {
        int plane = image.Length / Mean.Count;
        for (int i = 0; i < image.Length; i++) normalised[i] = ((image[i] / 255f) - Mean[i / plane]) / Deviation[i / plane];
    }

    /// <summary>One value is that of every channel.</summary>
    private static IReadOnlyList<double> Spread(IReadOnlyList<double> values, ImageSet train) =>
        values is [var one] ? [.. Enumerable.Repeat(one, train.Channels)] : values;

    private static IEnumerable<float> Repeat(float value, ImageSet train) => Enumerable.Repeat(value, train.Channels);

    private static Normalization Statistics(ImageSet train)
    {
        int plane = train.Height * train.Width;
        long[] sums = new long[train.Channels], squares = new long[train.Channels];
        for (int start = 0, channel = 0; start < train.Pixels.Length; start += plane, channel = (channel + 1) % train.Channels)
        {
            foreach (byte pixel in train.Pixels.AsSpan(start, plane))
            {
                sums[channel] += pixel;
                squares[channel] += pixel * pixel;
            }
        }

        double count = (double)train.Count * plane;
        double[] means = [.. sums.Select(sum => sum / count)];
        var deviations = squares.Select((square, channel) => Math.Sqrt(Math.Max(0, (square / count) - (means[channel] * means[channel]))));
        return new([.. means.Select(mean => Rounded(mean / 255))], [.. deviations.Select(deviation => Math.Max(0.01f, Rounded(deviation / 255)))]);
    }

    private static float Rounded(double value) => (float)Math.Round(value, 4);
}
