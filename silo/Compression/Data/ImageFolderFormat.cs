using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>train/CLASS/FILE and test/CLASS/FILE, JPEG or PNG, in a folder or straight from a .tar, .tar.gz or .tgz.</summary>
/// <remarks>
/// Classes are the folders' names in ordinal order and must be the same in both splits. All images must have one size: they are not
/// scaled. Grey images become red = green = blue; transparency is dropped. Other files (a README, hidden files) are passed over.
/// All of a split is decoded and held, whatever part of it is asked for. Decoded pixels are cached, since decoding takes seconds and
/// reading them back a fraction of one.
/// </remarks>
/// <param name="mostBytes">What the decoded images of one split take at most.</param>
internal sealed class ImageFolderFormat(long mostBytes) : IDatasetFormat
{
    private const string Remedy = "Give a folder, .tar, .tar.gz or .tgz that holds train/CLASS/FILE and test/CLASS/FILE.";
    private const int Together = 256;

    /// <summary>With splits of as many bytes as one array holds.</summary>
    public ImageFolderFormat()
        : this(Array.MaxLength)
    {
    }

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

    private DatasetImages Decode(ImageSource source, CancellationToken cancellation)
    {
        var decoder = new ImageDecoder(source.Path);
        Picture? first = null;
        var splits = new Dictionary<string, List<Picture>>(StringComparer.Ordinal) { ["train"] = [], ["test"] = [] };
        foreach (var chunk in source.Read(cancellation).Chunk(Together))
        {
            var decoded = Decode(decoder, chunk, cancellation);
            first ??= decoded[0];
            CheckSize(source, first, decoded);
            foreach (var picture in decoded) splits[picture.Split].Add(picture);
            foreach (var (split, pictures) in splits) CheckRoom(source, split, pictures.Count, first);
        }

        var (train, test) = (Ordered(splits["train"]), Ordered(splits["test"]));
        IReadOnlyList<string> classes = ClassesOf(source, train, test);
        return new(Pack(train, classes), Pack(test, classes));
    }

    private static Picture[] Decode(ImageDecoder decoder, ImageEntry[] entries, CancellationToken cancellation)
    {
        var decoded = new Picture[entries.Length];
        try
        {
            Parallel.For(0, entries.Length, new ParallelOptions { CancellationToken = cancellation }, i => decoded[i] = decoder.Decode(entries[i]));
            return decoded;
        }
        catch (AggregateException errors) when (errors.InnerExceptions.OfType<InvalidInputException>().MinBy(error => error.Place) is { } first)
        {
            throw first;
        }
    }

    private static void CheckSize(ImageSource source, Picture first, Picture[] decoded)
    {
        if (Array.Find(decoded, picture => (picture.Height, picture.Width) != (first.Height, first.Width)) is not { } other) return;
        throw new InvalidInputException(
            $"{source.Path}: {other.Entry}",
            $"the image is {other.Width}×{other.Height}, but '{first.Entry}' is {first.Width}×{first.Height}",
            "Scale all images to the size of the model's input.");
    }

    private void CheckRoom(ImageSource source, string split, int count, Picture each)
    {
        long bytes = (long)count * each.Pixels.Length;
        if (bytes <= mostBytes) return;
        throw new InvalidInputException(
            source.Path,
            Invariant($"the first {count} images under {split}/CLASS/ are {each.Width}×{each.Height} and {bytes} bytes decoded, and at most {mostBytes} bytes can be held"),
            "Scale all images down, or keep fewer of them: dataset.train and dataset.test choose among what is decoded.");
    }

    private static Picture[] Ordered(List<Picture> pictures) =>
        [.. pictures.OrderBy(picture => picture.Class, StringComparer.Ordinal).ThenBy(picture => picture.Entry, StringComparer.Ordinal)];

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
