namespace Distributed.Sweeps;

/// <summary>The data, and how it is split. The validation split is cut from the training images; the test split is the dataset's own.</summary>
[GenerateSerializer, Immutable, Alias("dataset-spec.v1")]
public sealed record DatasetSpec
{
    /// <summary>A registered format: "shapes" (generated), "idx" (MNIST's files), "image-folder" (a folder or .tar.gz with train/ and test/).</summary>
    [Id(0)] public required string Format { get; init; }

    /// <summary>An absolute path of a folder or archive; null for a generated dataset.</summary>
    [Id(1)] public string? Path { get; init; }

    /// <summary>Training images used, after the validation split is cut off; null for all.</summary>
    [Id(2)] public int? Train { get; init; }

    /// <summary>Validation images, balanced over the classes.</summary>
    [Id(3)] public int Validation { get; init; } = 1000;

    /// <summary>Test images used; null for all.</summary>
    [Id(4)] public int? Test { get; init; }
}
