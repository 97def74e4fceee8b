using Distributed.Compression.Data;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Data;

public sealed class IdxFormatTests : IDisposable
{
    private readonly DatasetFixture _made = new();

    public void Dispose() => _made.Dispose();

    private DatasetImages Load(string folder) => new IdxFormat().Load(DatasetFixture.Spec("idx", folder), _made.Cache, TestContext.Current.CancellationToken);

    private InvalidInputException Refused(string folder) => Assert.Throws<InvalidInputException>(() => Load(folder));

    [Fact]
    public void Packed_images_and_plain_labels_are_read_together()
    {
        var images = Load(_made.WriteIdx([0, 1, 2, 1], [2, 0]));
        Assert.Equal([0, 1, 2, 1], images.Train.Labels);
        Assert.Equal([2, 0], images.Test.Labels);
        Assert.Equal((1, 4, 4), (images.Train.Channels, images.Train.Height, images.Train.Width));
        Assert.Equal(["0", "1", "2"], images.Train.Classes);
        Assert.Equal(Enumerable.Repeat((byte)3, 16), images.Train.Pixels[48..]);
    }

    [Fact]
    public void A_missing_folder_or_file_is_named()
    {
        Assert.Contains("no such folder", Refused(Path.Combine(_made.Folder, "absent")).Message, StringComparison.Ordinal);
        string folder = _made.WriteIdx([0, 1], [0, 1]);
        File.Delete(Path.Combine(folder, "t10k-labels-idx1-ubyte"));
        Assert.Contains("t10k-labels-idx1-ubyte", Refused(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_magic_number_is_shown()
    {
        string folder = _made.WriteIdx([0, 1], [0, 1]);
        string file = Path.Combine(folder, "train-labels-idx1-ubyte");
        File.WriteAllBytes(file, DatasetFixture.Idx([2], [0, 1], type: 13));
        var error = Refused(folder);
        Assert.Equal($"{file}, offset 0", error.Place);
        Assert.Contains("0x00000d01", error.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "offset 0")]
    [InlineData(3, "offset 3")]
    [InlineData(6, "offset 6")]
    [InlineData(9, "offset 9")]
    public void A_file_that_is_cut_short_says_where(int length, string place)
    {
        string folder = _made.WriteIdx([0, 1], [0, 1]);
        string file = Path.Combine(folder, "train-labels-idx1-ubyte");
        File.WriteAllBytes(file, DatasetFixture.Idx([2], [0, 1])[..length]);
        Assert.Equal($"{file}, {place}", Refused(folder).Place);
    }

    [Fact]
    public void A_gzip_file_that_is_cut_short_says_where()
    {
        string folder = _made.WriteIdx([0, 1], [0, 1]);
        string file = Path.Combine(folder, "train-images-idx3-ubyte.gz");
        byte[] noise = new byte[32 * 32 * 2];
        new SeededRandom(1, "noise").NextBytes(noise);
        byte[] whole = DatasetFixture.Gzip(DatasetFixture.Idx([2, 32, 32], noise));
        File.WriteAllBytes(file, whole[..(whole.Length / 2)]);
        Assert.StartsWith($"{file}, offset ", Refused(folder).Place, StringComparison.Ordinal);
        File.WriteAllText(file, "not gzip at all");
        Assert.StartsWith($"{file}, offset 0", Refused(folder).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_after_the_last_element_are_refused()
    {
        string folder = _made.WriteIdx([0, 1], [0, 1]);
        string file = Path.Combine(folder, "t10k-labels-idx1-ubyte");
        File.WriteAllBytes(file, [.. DatasetFixture.Idx([2], [0, 1]), 7]);
        Assert.Equal($"{file}, offset 10", Refused(folder).Place);
    }

    [Fact]
    public void Images_and_labels_must_be_as_many()
    {
        string folder = _made.WriteIdx([0, 1, 1], [0, 1]);
        File.WriteAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"), DatasetFixture.Idx([2], [0, 1]));
        var error = Refused(folder);
        Assert.Contains("2 labels", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_that_cannot_be_a_class_is_refused_at_its_offset()
    {
        string folder = _made.WriteIdx([0, 200, 1], [0, 1]);
        Assert.EndsWith("train-labels-idx1-ubyte, offset 9", Refused(folder).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_sizes_and_splits_of_different_sizes_are_refused()
    {
        string folder = _made.WriteIdx([0, 1], [0, 1]);
        string file = Path.Combine(folder, "t10k-images-idx3-ubyte.gz");
        File.WriteAllBytes(file, DatasetFixture.Gzip(DatasetFixture.Idx([2, 0, 4], [])));
        Assert.Equal($"{file}, offset 8", Refused(folder).Place);
        File.WriteAllBytes(file, DatasetFixture.Gzip(DatasetFixture.Idx([2, 2, 2], new byte[8])));
        Assert.Contains("2×2", Refused(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_mnist_files_are_read()
    {
        var images = Load(DatasetFixture.Shared("data", "mnist"));
        Assert.Equal((60_000, 10_000, 28, 28, 1), (images.Train.Count, images.Test.Count, images.Train.Height, images.Train.Width, images.Train.Channels));
        Assert.Equal([5, 0, 4, 1, 9], images.Train.Labels[..5]);
        Assert.Equal(10, images.Train.Classes.Count);
        Assert.InRange(Normalization.For(new() { Zoo = "lenet" }, images.Train).Mean[0], 0.1306f, 0.1308f);
    }
}
