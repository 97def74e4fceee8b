namespace Distributed.Compression.Data;

/// <summary>A dataset as it comes, before the validation split is cut. Both sets have the same image size and classes.</summary>
/// <param name="Train">The images that may be learnt from.</param>
/// <param name="Test">The dataset's own test images.</param>
internal sealed record DatasetImages(ImageSet Train, ImageSet Test);
