using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>The images of a sweep, split once and for all by its seed.</summary>
/// <param name="Train">What is learnt from.</param>
/// <param name="Validation">What choices are made by: cut from the training images, the same number of each class.</param>
/// <param name="Corrupted">The validation images after <see cref="Corruption"/>, in the same order.</param>
/// <param name="Test">What is reported and never chosen by.</param>
internal sealed record DatasetSplits(ImageSet Train, ImageSet Validation, ImageSet Corrupted, ImageSet Test)
{
    /// <summary>Loads a dataset and splits it.</summary>
    /// <exception cref="InvalidInputException">The dataset cannot be read, or has fewer images than are asked for.</exception>
    public static DatasetSplits Load(DatasetSpec spec, ulong seed, string cache, CancellationToken cancellation = default) =>
        Cut(DatasetFormats.Find(spec.Format).Load(spec, cache, cancellation), spec, seed);

    /// <summary>
    /// Splits a dataset. The validation split depends on seed and size alone, not on the number of training images. Where a part of a
    /// split is asked for, it is as balanced as the classes allow. Images stay in the dataset's order.
    /// </summary>
    /// <exception cref="InvalidInputException">A class is empty, or there are fewer images than are asked for.</exception>
    public static DatasetSplits Cut(DatasetImages images, DatasetSpec spec, ulong seed)
    {
        Demand(spec.Validation >= images.Train.Classes.Count, "dataset.validation", $"{spec.Validation} images for {images.Train.Classes.Count} classes", "Give at least one for each class.");
        Demand(spec.Train is null or > 0, "dataset.train", $"{spec.Train} images", "Give at least 1, or leave it out to use all.");
        Demand(spec.Test is null or > 0, "dataset.test", $"{spec.Test} images", "Give at least 1, or leave it out to use all.");
        var training = new ClassIndex(images.Train, "train", new(seed, "split/train"));
        var test = new ClassIndex(images.Test, "test", new(seed, "split/test"));
        int[] validation = training.TakeEqual(spec.Validation);
        int[] train = training.TakeEven(spec.Train ?? training.Left, "dataset.train");
        var chosen = images.Train.Pick(validation);
        return new(images.Train.Pick(train), chosen, Corruption.Of(chosen, seed), images.Test.Pick(test.TakeEven(spec.Test ?? test.Left, "dataset.test")));
    }

    private static void Demand(bool holds, string place, string found, string remedy)
    {
        if (!holds) throw new InvalidInputException(place, found, remedy);
    }
}
