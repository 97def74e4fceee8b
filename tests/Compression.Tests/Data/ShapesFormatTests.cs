using System.Security.Cryptography;
using Distributed.Compression.Data;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Data;

public sealed class ShapesFormatTests
{
    private static readonly DatasetSpec Small = new() { Format = "shapes", Train = 80, Validation = 20, Test = 50 };

    private static DatasetImages Load(DatasetSpec spec) => new ShapesFormat().Load(spec, "", TestContext.Current.CancellationToken);

    [Fact]
    public void Pixels_are_the_same_on_every_machine()
    {
        var images = Load(Small);
        Assert.Equal(("df166d9e39708e61", "960654e265c2d5bc"), (Start(images.Train), Start(images.Test)));
        static string Start(ImageSet set) => Convert.ToHexStringLower(SHA256.HashData(set.Pixels))[..16];
    }

    [Fact]
    public void A_larger_set_starts_with_the_smaller_one()
    {
        var (small, large) = (Load(Small), Load(Small with { Train = 180, Test = 70 }));
        Assert.Equal(small.Train.Pixels, large.Train.Pixels[..small.Train.Pixels.Length]);
        Assert.Equal(small.Test.Pixels, large.Test.Pixels[..small.Test.Pixels.Length]);
    }

    [Fact]
    public void Training_and_test_images_are_different_draws()
    {
        var images = Load(Small);
        int each = images.Test.Pixels.Length / images.Test.Count;
        var train = images.Train.Pixels.Chunk(each).Select(Convert.ToHexString).ToHashSet();
        Assert.Equal(images.Train.Count, train.Count);
        Assert.DoesNotContain(images.Test.Pixels.Chunk(each), image => train.Contains(Convert.ToHexString(image)));
    }

    [Fact]
    public void Classes_are_balanced_and_named_in_ordinal_order()
    {
        var images = Load(Small);
        Assert.All(images.Train.Labels.CountBy(label => label), pair => Assert.Equal(10, pair.Value));
        Assert.Equal(images.Train.Classes.Order(StringComparer.Ordinal), images.Train.Classes);
        Assert.Equal(10, images.Train.Classes.Count);
        Assert.Equal((3, 24, 24, 100), (images.Train.Channels, images.Train.Height, images.Train.Width, images.Train.Count));
    }

    [Theory]
    [InlineData(0, 0, 0, -0.9)]
    [InlineData(0, 3, 4, 4.1)]
    [InlineData(6, 0.7, 0, -0.22)]
    [InlineData(7, 0, 0, -0.75)]
    [InlineData(7, 0.75, 1.75, 1.0)]
    [InlineData(9, 0, 0, -0.5)]
    [InlineData(9, 0, 1.5, 1.0)]
    [InlineData(5, 2, 0, 1.0)]
    public void Distances_are_those_of_plane_geometry(int kind, double x, double y, double distance) =>
        Assert.Equal(distance, Shape.Distance(kind, x, y), 6);
}
