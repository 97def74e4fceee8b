using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>MNIST's format: a folder with four IDX files, gzipped or not (images of unsigned bytes, and their labels).</summary>
internal sealed class IdxFormat : IDatasetFormat
{
    private const string Remedy = "Give a folder with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each as it is or as .gz.";

    /// <inheritdoc/>
    public string Name => "idx";

    /// <inheritdoc/>
    public DatasetImages Load(DatasetSpec spec, string cache, CancellationToken cancellation)
    {
        string folder = DatasetFormats.PathOf(spec, Remedy);
        if (!Directory.Exists(folder)) throw new InvalidInputException(folder, "there is no such folder", Remedy);
        var train = Read(folder, "train", cancellation);
        var test = Read(folder, "t10k", cancellation);
        if ((train.Images.Height, train.Images.Width) != (test.Images.Height, test.Images.Width))
        {
            throw new InvalidInputException(
                folder,
                $"training images are {train.Images.Height}×{train.Images.Width} and test images {test.Images.Height}×{test.Images.Width}",
                "Put two splits of the same dataset into the folder.");
        }

        int classes = 1 + Math.Max(train.Labels.Max(), test.Labels.Max());
        return new(Set(train, classes), Set(test, classes));
    }

    private static (IdxFile Images, int[] Labels) Read(string folder, string split, CancellationToken cancellation)
    {
        string imagePath = Find(folder, split, "images", 3), labelPath = Find(folder, split, "labels", 1);
        cancellation.ThrowIfCancellationRequested();
        var images = IdxFile.Read(imagePath, dimensions: 3);
        var labels = IdxFile.Read(labelPath, dimensions: 1);
        if (images.Count != labels.Count)
        {
            throw new InvalidInputException(
                labelPath, $"it has {labels.Count} labels, but '{Path.GetFileName(imagePath)}' has {images.Count} images", "Take both files from one download.");
        }

        int unlikely = Array.FindIndex(labels.Data, label => label > 99);
        if (unlikely >= 0)
        {
            throw new InvalidInputException(
                $"{labelPath}, offset {IdxFile.HeaderBytes(1) + unlikely}", $"label {labels.Data[unlikely]} is above 99", "The file is damaged or holds no labels: download it again.");
        }

        return (images, Array.ConvertAll(labels.Data, label => (int)label));
    }

    private static string Find(string folder, string split, string kind, int dimensions)
    {
        string[] names = [$"{split}-{kind}-idx{dimensions}-ubyte", $"{split}-{kind}.idx{dimensions}-ubyte"];
        return names.SelectMany(name => new[] { name, name + ".gz" }).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidInputException(folder, $"there is neither '{names[0]}' nor '{names[0]}.gz'", Remedy);
    }

    private static ImageSet Set((IdxFile Images, int[] Labels) split, int classes) => new(
        split.Images.Data, split.Labels, 1, split.Images.Height, split.Images.Width, [.. Enumerable.Range(0, classes).Select(label => Invariant($"{label}"))]);
}
