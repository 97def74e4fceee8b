using Distributed.Compression.Data;
using Distributed.Sweeps;
using SkiaSharp;

namespace Distributed.Compression.Tests.Data;

public sealed class ImageFolderFormatTests : IDisposable
{
    private const int DecodedBytes = 3 * 5 * 6;

    private readonly DatasetFixture _made = new();

    public void Dispose() => _made.Dispose();

    private DatasetImages Load(string path) =>
        new ImageFolderFormat().Load(DatasetFixture.Spec("image-folder", path), _made.Cache, TestContext.Current.CancellationToken);

    private DatasetImages Load(string path, long mostBytes) =>
        new ImageFolderFormat(mostBytes).Load(DatasetFixture.Spec("image-folder", path), _made.Cache, TestContext.Current.CancellationToken);

    private InvalidInputException Refused(string path) => Assert.Throws<InvalidInputException>(() => Load(path));

    private string OnlyCacheFile() => Assert.Single(Directory.GetFiles(_made.Cache));

    [Theory]
    [InlineData("folder")]
    [InlineData("pets.tar")]
    [InlineData("pets.tar.gz")]
    [InlineData("pets.tgz")]
    public void Folders_and_archives_give_the_same_images(string kind)
    {
        string path = kind == "folder" ? _made.WriteFolder(DatasetFixture.Pets()) : _made.WriteArchive(DatasetFixture.Pets(), kind);
        var images = Load(path);
        Assert.Equal(["cat", "dog"], images.Train.Classes);
        Assert.Equal([0, 0, 0, 1, 1], images.Train.Labels);
        Assert.Equal([0, 1], images.Test.Labels);
        Assert.Equal((3, 5, 6), (images.Train.Channels, images.Train.Height, images.Train.Width));
        Assert.Equal([255, 0, 0], new[] { 0, 30, 60 }.Select(i => (int)images.Train.Pixels[i]));
        Assert.Equal([0, 0, 255], new[] { 90, 120, 150 }.Select(i => (int)images.Test.Pixels[i]));
    }

    [Fact]
    public void A_folder_around_the_splits_is_allowed()
    {
        var files = DatasetFixture.Pets().ToDictionary(pair => "pets-1.0/" + pair.Key, pair => pair.Value);
        Assert.Equal(5, Load(_made.WriteArchive(files)).Train.Count);
    }

    [Fact]
    public void Jpegs_are_decoded()
    {
        var files = DatasetFixture.Pets();
        files["train/cat/0.jpg"] = DatasetFixture.Jpeg(SKColors.Lime);
        var images = Load(_made.WriteArchive(files));
        Assert.Equal(6, images.Train.Count);
        Assert.InRange(images.Train.Pixels[30], 250, 255);
    }

    [Fact]
    public void The_second_load_reads_the_cache_and_gives_the_same()
    {
        string path = _made.WriteArchive(DatasetFixture.Pets());
        var first = Load(path);
        var written = File.GetLastWriteTimeUtc(OnlyCacheFile());
        var second = Load(path);
        Assert.Equal(first.Train.Pixels, second.Train.Pixels);
        Assert.Equal(first.Test.Labels, second.Test.Labels);
        Assert.Equal(first.Train.Classes, second.Train.Classes);
        Assert.Equal(written, File.GetLastWriteTimeUtc(OnlyCacheFile()));
    }

    [Fact]
    public void A_cache_with_any_byte_changed_or_cut_off_is_written_anew()
    {
        string path = _made.WriteArchive(DatasetFixture.Pets());
        var expected = Load(path);
        byte[] whole = File.ReadAllBytes(OnlyCacheFile());
        for (int i = 0; i < whole.Length; i += 13)
        {
            byte[] broken = [.. whole];
            broken[i] ^= 0x41;
            File.WriteAllBytes(OnlyCacheFile(), i % 2 == 0 ? broken : whole[..i]);
            Assert.Equal(expected.Train.Pixels, Load(path).Train.Pixels);
            Assert.Equal(whole, File.ReadAllBytes(OnlyCacheFile()));
        }
    }

    [Fact]
    public void A_changed_archive_is_decoded_again()
    {
        string path = _made.WriteArchive(DatasetFixture.Pets());
        Load(path);
        var more = DatasetFixture.Pets();
        more["train/dog/2.png"] = DatasetFixture.Png(SKColors.Navy);
        _made.WriteArchive(more);
        Assert.Equal(6, Load(path).Train.Count);
    }

    [Fact]
    public void A_corrupt_image_is_named()
    {
        var files = DatasetFixture.Pets();
        files["train/dog/1.png"] = files["train/dog/1.png"][..40];
        var error = Refused(_made.WriteArchive(files));
        Assert.EndsWith("images.tar.gz: train/dog/1.png", error.Place, StringComparison.Ordinal);
        files["train/dog/1.png"] = "text"u8.ToArray();
        Assert.Contains("neither JPEG nor PNG", Refused(_made.WriteArchive(files)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_made.Cache));
    }

    [Fact]
    public void Images_of_two_sizes_are_refused_by_name()
    {
        var files = DatasetFixture.Pets();
        files["train/cat/1.png"] = DatasetFixture.Png(SKColors.Red, 9, 7);
        var error = Refused(_made.WriteArchive(files));
        Assert.EndsWith("train/cat/1.png", error.Place, StringComparison.Ordinal);
        Assert.Contains("9×7", error.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("train", 14)]
    [InlineData("test", 11)]
    public void A_split_that_is_too_large_to_be_held_is_refused_by_its_size(string split, int count)
    {
        var files = DatasetFixture.Pets();
        for (int i = 0; i < 9; i++) files[Invariant($"{split}/dog/more{i}.png")] = DatasetFixture.Png(SKColors.Blue);
        string path = _made.WriteFolder(files);
        var images = Load(path, count * DecodedBytes);
        Assert.Equal(count, Math.Max(images.Train.Count, images.Test.Count));
        Directory.Delete(_made.Cache, recursive: true);
        var error = Assert.Throws<InvalidInputException>(() => Load(path, (count * DecodedBytes) - 1));
        Assert.Equal(path, error.Place);
        Assert.Contains(Invariant($"{count} images under {split}/CLASS/ are 6×5 and {count * DecodedBytes} bytes decoded"), error.Found, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_made.Cache));
    }

    /// <summary>Neither memory nor time is spent on the rest, of which one is damaged here.</summary>
    [Fact]
    public void What_is_too_large_or_of_two_sizes_ends_the_decoding_at_once()
    {
        byte[] image = DatasetFixture.Png(SKColors.Red);
        var files = Enumerable.Range(0, 600).ToDictionary(i => Invariant($"train/cat/{i}.png"), i => i < 599 ? image : image[..40]);
        Assert.Contains("bytes can be held", Assert.Throws<InvalidInputException>(() => Load(_made.WriteArchive(files), 100 * DecodedBytes)).Found, StringComparison.Ordinal);
        files["train/cat/1.png"] = DatasetFixture.Png(SKColors.Red, 9, 7);
        Assert.EndsWith("train/cat/1.png", Refused(_made.WriteArchive(files)).Place, StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_without_images_in_one_split_is_refused()
    {
        var files = DatasetFixture.Pets();
        files.Remove("test/dog/0.png");
        Assert.Contains("'dog' has no image under test/dog/", Refused(_made.WriteArchive(files)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_of_a_class_is_refused()
    {
        Assert.Contains("'emu'", Refused(_made.WriteArchive(DatasetFixture.Pets(), "birds.tar", "train/emu/", "test/emu/")).Message, StringComparison.Ordinal);
        string folder = _made.WriteFolder(DatasetFixture.Pets());
        Directory.CreateDirectory(Path.Combine(folder, "train", "emu"));
        Assert.Contains("'emu'", Refused(folder).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_split_a_missing_path_and_another_kind_of_file_are_refused()
    {
        var files = DatasetFixture.Pets().Where(pair => !pair.Key.StartsWith("test", StringComparison.Ordinal)).ToDictionary();
        Assert.Contains("under test/CLASS/", Refused(_made.WriteArchive(files)).Message, StringComparison.Ordinal);
        Assert.Contains("no such file or folder", Refused(Path.Combine(_made.Folder, "absent.tar")).Message, StringComparison.Ordinal);
        string other = _made.At("pets.zip");
        File.WriteAllText(other, "zip");
        Assert.Contains("neither a folder nor", Refused(other).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    [InlineData(0.9)]
    public void An_archive_that_is_cut_short_says_after_which_entry(double kept)
    {
        string path = _made.WriteArchive(DatasetFixture.Pets());
        byte[] whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(int)(whole.Length * kept)]);
        Assert.Contains("cannot be read after", Refused(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_archive_is_refused()
    {
        string path = _made.At("pets.tar.gz");
        File.WriteAllText(path, "nothing of the kind");
        Assert.Contains("cannot be read after the start", Refused(path).Message, StringComparison.Ordinal);
        string plain = _made.At("pets.tar");
        File.WriteAllText(plain, new string('x', 2000));
        Assert.Contains(plain, Refused(plain).Message, StringComparison.Ordinal);
    }
}
