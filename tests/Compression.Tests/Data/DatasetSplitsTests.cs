using CsCheck;
using Distributed.Compression.Data;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Data;

public sealed class DatasetSplitsTests
{
    private static readonly Gen<(int Classes, int Train, int Test, int Validation, int? Limit, ulong Seed)> Cases =
        from classes in Gen.Int[2, 6]
        from train in Gen.Int[8, 40]
        from test in Gen.Int[1, 10]
        from validation in Gen.Int[classes, classes * 4]
        from limit in Gen.Int[0, (train * classes) - validation]
        from seed in Gen.ULong
        select (classes, train, test, validation, limit == 0 ? null : (int?)limit, seed);

    /// <summary>Every image holds its own number, so that it can be followed.</summary>
    private static ImageSet Numbered(int classes, int[] labels, int first = 0) => new(
        [.. labels.SelectMany((_, i) => new[] { (byte)((first + i) / 256), (byte)((first + i) % 256) })], labels, 1, 1, 2, [.. Enumerable.Range(0, classes).Select(i => $"class {i}")]);

    private static DatasetImages Images(int classes, int train, int test) => new(
        Numbered(classes, [.. Enumerable.Range(0, classes * train).Select(i => i % classes)]),
        Numbered(classes, [.. Enumerable.Range(0, classes * test).Select(i => i % classes)], first: 30_000));

    private static int[] Numbers(ImageSet images) => [.. images.Pixels.Chunk(2).Select(pair => (pair[0] * 256) + pair[1])];

    private static int Spread(ImageSet images)
    {
        int[] counts = [.. Enumerable.Range(0, images.Classes.Count).Select(label => images.Labels.Count(other => other == label))];
        return counts.Max() - counts.Min();
    }

    [Fact]
    public void Splits_are_disjoint_balanced_and_of_the_size_asked_for() => Cases.Sample(
        it =>
        {
            var images = Images(it.Classes, it.Train, it.Test);
            var splits = DatasetSplits.Cut(images, new() { Format = "made", Train = it.Limit, Validation = it.Validation }, it.Seed);
            Assert.Equal(it.Validation, splits.Validation.Count);
            Assert.Equal(it.Limit ?? images.Train.Count - it.Validation, splits.Train.Count);
            Assert.InRange(Spread(splits.Validation), 0, 1);
            Assert.InRange(Spread(splits.Train), 0, 2);
            Assert.Empty(Numbers(splits.Train).Intersect(Numbers(splits.Validation)));
            Assert.Equal(splits.Train.Count, Numbers(splits.Train).Distinct().Count());
            Assert.Equal(Numbers(images.Test), Numbers(splits.Test));
            Assert.All(Numbers(splits.Train).Zip(splits.Train.Labels), pair => Assert.Equal(pair.First % it.Classes, pair.Second));
        },
        iter: 300);

    [Fact]
    public void The_same_seed_gives_the_same_splits_whatever_the_limit_on_training() => Cases.Sample(
        it =>
        {
            var images = Images(it.Classes, it.Train, it.Test);
            var spec = new DatasetSpec { Format = "made", Train = it.Limit, Validation = it.Validation };
            var (first, second) = (DatasetSplits.Cut(images, spec, it.Seed), DatasetSplits.Cut(images, spec, it.Seed));
            Assert.Equal(Numbers(first.Train), Numbers(second.Train));
            Assert.Equal(first.Corrupted.Pixels, second.Corrupted.Pixels);
            Assert.Equal(Numbers(first.Validation), Numbers(DatasetSplits.Cut(images, spec with { Train = null }, it.Seed).Validation));
        },
        iter: 100);

    [Fact]
    public void Another_seed_gives_another_validation_split()
    {
        var spec = new DatasetSpec { Format = "made", Validation = 20 };
        var images = Images(4, 100, 2);
        Assert.NotEqual(Numbers(DatasetSplits.Cut(images, spec, 1).Validation), Numbers(DatasetSplits.Cut(images, spec, 2).Validation));
    }

    [Fact]
    public void A_rare_class_gives_all_it_has_and_the_others_the_rest()
    {
        var train = Numbered(2, [.. Enumerable.Range(0, 40).Select(i => i < 35 ? 0 : 1)]);
        var splits = DatasetSplits.Cut(new(train, train), new() { Format = "made", Validation = 4, Train = 30, Test = 20 }, 1);
        Assert.Equal(3, splits.Train.Labels.Count(label => label == 1));
        Assert.Equal(27, splits.Train.Labels.Count(label => label == 0));
        Assert.Equal((15, 5), (splits.Test.Labels.Count(label => label == 0), splits.Test.Labels.Count(label => label == 1)));
    }

    [Theory]
    [InlineData(39, null, null, "dataset.validation", "at most 38")]
    [InlineData(1, null, null, "dataset.validation", "at least one")]
    [InlineData(4, 37, null, "dataset.train", "at most 36")]
    [InlineData(4, 0, null, "dataset.train", "at least 1")]
    [InlineData(4, null, 11, "dataset.test", "at most 10")]
    public void Asking_for_more_than_there_is_says_how_much_there_is(int validation, int? train, int? test, string place, string remedy)
    {
        var spec = new DatasetSpec { Format = "made", Validation = validation, Train = train, Test = test };
        var error = Assert.Throws<InvalidInputException>(() => DatasetSplits.Cut(Images(2, 20, 5), spec, 1));
        Assert.Equal(place, error.Place);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_images_is_refused()
    {
        var images = Images(3, 10, 5);
        var lacking = images with { Test = Numbered(3, [0, 1, 1, 0]) };
        var error = Assert.Throws<InvalidInputException>(() => DatasetSplits.Cut(lacking, new() { Format = "made", Validation = 6 }, 1));
        Assert.Contains("class 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_format_lists_the_known_ones()
    {
        var error = Assert.Throws<InvalidInputException>(() => DatasetSplits.Load(new() { Format = "tfrecord" }, 1, "", TestContext.Current.CancellationToken));
        Assert.Contains("shapes, idx, image-folder", error.Message, StringComparison.Ordinal);
    }
}
