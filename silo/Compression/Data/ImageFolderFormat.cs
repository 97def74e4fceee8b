using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>train/CLASS/FILE and test/CLASS/FILE, JPEG or PNG, in a folder or straight from a .tar, .tar.gz or .tgz.</summary>
/// <remarks>
/// Classes are the folders' names in ordinal order and must be the same in both splits. All images must have one size: they are not
/// scaled. Grey images become red = green = blue; transparency is dropped. Other files (a README, hidden files) are passed over.
/// Decoded pixels are cached, since decoding takes seconds and reading them back a fraction of one.
/// </remarks>
internal sealed class ImageFolderFormat : IDatasetFormat
{
    private const string Remedy = "Give a folder, .tar, .tar.gz or .tgz that holds train/CLASS/FILE and test/CLASS/FILE.";

    /// <inheritdoc/>
    public string Name => "image-folder";

    /// <inheritdoc/>
    public DatasetImages Load(DatasetSpec spec, string cache, CancellationToken cancellation)
    {
        string path = Path.GetFullPath(DatasetFormats.PathOf(spec, Remedy));
        var source = ImageSource.Open(path, Remedy);
        var cached = new ImageCache(cache, source.Fingerprint());
        if (cached.TryRead() is { } known) return known;
        var images = Decode(source, cancellation);
        cached.Write(images);
        return images;
    }

    private static DatasetImages Decode(ImageSource source, CancellationToken cancellation)
    {
        var decoder = new ImageDecoder(source.Path);
        var pictures = new List<Picture>();
        foreach (var chunk in source.Read(cancellation).Chunk(1024))
        {
            var decoded = new Picture[chunk.Length];
            try
            {
                Parallel.For(0, chunk.Length, new ParallelOptions { CancellationToken = cancellation }, i => decoded[i] = decoder.Decode(chunk[i]));
            }
            catch (AggregateException errors) when (errors.InnerExceptions.OfType<InvalidInputException>().MinBy(error => error.Place) is { } first)
            {
                throw first;
            }

            pictures.AddRange(decoded);
        }

        var (train, test) = (Of(pictures, "train"), Of(pictures, "test"));
        IReadOnlyList<string> classes = ClassesOf(source, train, test);
        var size = pictures[0];
        foreach (var picture in pictures.Where(picture => (picture.Height, picture.Width) != (size.Height, size.Width)))
        {
            throw new InvalidInputException(
                $"{source.Path}: {picture.Entry}",
                $"the image is {picture.Width}×{picture.Height}, but '{size.Entry}' is {size.Width}×{size.Height}",
                "Scale all images to the size of the model's input.");
        }

        return new(Pack(train, classes), Pack(test, classes));
    }

    private static Picture[] Of(List<Picture> pictures, string split) =>
        [.. pictures.Where(picture => picture.Split == split).OrderBy(picture => picture.Class, StringComparer.Ordinal).ThenBy(picture => picture.Entry, StringComparer.Ordinal)];

    private static string[] ClassesOf(ImageSource source, Picture[] train, Picture[] test)
    {
        if (train.Length == 0 || test.Length == 0)
            throw new InvalidInputException(source.Path, $"there is no image under {(train.Length == 0 ? "train" : "test")}/CLASS/", Remedy);
        var present = train.Concat(test).Select(picture => (picture.Split, picture.Class)).ToHashSet();
        string[] classes = [.. present.Union(source.Folders).Select(place => place.Class).Distinct().Order(StringComparer.Ordinal)];
        foreach (var (split, name) in classes.SelectMany(name => new[] { ("train", name), ("test", name) }).Where(place => !present.Contains(place)))
        {
            throw new InvalidInputException(
                source.Path, $"class '{name}' has no image under {split}/{name}/", "Give every class images in both splits, or remove the class from both.");
        }

        return classes;
    }

    private static ImageSet Pack(Picture[] pictures, IReadOnlyList<string> classes)
    {
        int each = pictures[0].Pixels.Length;
        byte[] pixels = new byte[(long)pictures.Length * each];
        for (int i = 0; i < pictures.Length; i++) pictures[i].Pixels.CopyTo(pixels, (long)i * each);
        var index = classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i, StringComparer.Ordinal);
        return new(pixels, [.. pictures.Select(picture => index[picture.Class])], 3, pictures[0].Height, pictures[0].Width, classes);
    }
}
