using Distributed.Compression.Data;
using Distributed.Compression.Training;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Compression.Tests.Training;

public sealed class BatchFeederTests
{
    private const int Height = 3;
    private const int Width = 4;
    private static readonly ImageSet Two = new([.. Enumerable.Range(0, 48).Select(i => (byte)(10 + i))], [1, 0], 2, Height, Width, ["a", "b"]);
    private static readonly Normalization Norm = new([0.1f, 0.2f], [0.5f, 0.25f]);

    [Fact]
    public void Pixels_are_normalised_by_channel_and_labels_follow_the_order()
    {
        using var scope = torch.NewDisposeScope();
        var (inputs, labels) = new BatchFeeder(Two, Norm, TrainingDevice.Cpu).Batch([1, 0]);
        float[] expected = new float[48];
        Norm.Apply(Two.Pixels.AsSpan(24), expected.AsSpan(0, 24));
        Norm.Apply(Two.Pixels.AsSpan(0, 24), expected.AsSpan(24));
        Assert.All(expected.Zip(TrainingFixture.Values(inputs)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Equal([0L, 1L], labels.data<long>().ToArray());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void Every_augmented_image_is_one_of_the_crops_and_all_of_them_appear(int padding, bool flip)
    {
        var expected = Crops(padding, flip).ToDictionary(crop => string.Join(",", crop), _ => 0);
        var random = new SeededRandom(1, "augmentation");
        var feeder = new BatchFeeder(Two, Norm, TrainingDevice.Cpu);
        for (int i = 0; i < 40 * expected.Count; i++)
        {
            using var scope = torch.NewDisposeScope();
            expected[string.Join(",", Bytes(TrainingFixture.Values(feeder.Batch([1], padding, flip, random).Inputs)))]++;
        }

        Assert.DoesNotContain(0, expected.Values);
    }

    /// <summary>Padded with black, cropped and mirrored, pixel by pixel.</summary>
    private static IEnumerable<int[]> Crops(int padding, bool flip)
    {
        for (int down = -padding; down <= padding; down++)
        {
            for (int right = -padding; right <= padding; right++)
            {
                yield return Crop(down, right, false);
                if (flip) yield return Crop(down, right, true);
            }
        }
    }

    private static int[] Crop(int down, int right, bool mirrored) => [.. Enumerable.Range(0, 24).Select(i =>
    {
        int row = (i / Width % Height) + down, column = (mirrored ? Width - 1 - (i % Width) : i % Width) + right;
        return row is >= 0 and < Height && column is >= 0 and < Width ? Two.Pixels[24 + (i / 12 * 12) + (row * Width) + column] : 0;
    })];

    private static IEnumerable<int> Bytes(float[] values) =>
        values.Select((value, i) => (int)Math.Round(((value * Norm.Deviation[i / 12]) + Norm.Mean[i / 12]) * 255));
}
