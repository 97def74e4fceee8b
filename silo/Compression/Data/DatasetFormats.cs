using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>The registered dataset formats.</summary>
internal static class DatasetFormats
{
    /// <summary>One line a format, in the order in which errors list them.</summary>
    public static IReadOnlyList<IDatasetFormat> All { get; } =
    [
        new ShapesFormat(),
        new IdxFormat(),
        new ImageFolderFormat(),
    ];

    /// <summary>The format of a name, which is compared exactly.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static IDatasetFormat Find(string name) =>
        All.FirstOrDefault(format => format.Name == name) ?? throw new InvalidInputException(
            "dataset.format", $"'{name}' is not a dataset format", $"Give one of: {string.Join(", ", All.Select(format => format.Name))}.");

    /// <summary>The path of a dataset that needs one.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static string PathOf(DatasetSpec spec, string remedy) => spec.Path
        ?? throw new InvalidInputException("dataset.path", $"the format '{spec.Format}' needs a path and there is none", remedy);
}
