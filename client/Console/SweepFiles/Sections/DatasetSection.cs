namespace Distributed.Client.SweepFiles.Sections;

/// <summary>The data and its splits.</summary>
internal static class DatasetSection
{
    private const string Generated = "shapes";
    private static readonly NumberRange Images = new(1, 10_000_000);

    public static DatasetSpec? Read(Section root, SweepFileContext context)
    {
        if (root.Require("dataset", "Add 'dataset: { format: shapes }', or a format with a path.") is not { } node
            || Section.Open(node, "dataset", Vocabulary.Dataset, root.Problems) is not { } section) return null;
        section.Require("format", $"Give one of: {string.Join(", ", Vocabulary.Formats)}.");
        string? format = section.OneOf("format", Vocabulary.Formats, "a dataset format");
        string? path = context.Overrides.Data is { } data ? Override(format, data) : PathOf(section, format, context);
        return new()
        {
            Format = format ?? "",
            Path = path,
            Train = section.Whole("train", Images),
            Validation = section.Whole("validation", Images) ?? new DatasetSpec { Format = "" }.Validation,
            Test = section.Whole("test", Images),
        };
    }

    private static string? PathOf(Section section, string? format, SweepFileContext context)
    {
        if (format == Generated && section.Find("path") is { } superfluous)
        {
            section.Problems.Add(superfluous.Span, "'shapes' is generated, but 'dataset' has a 'path'", "Remove 'path', or name the format of the files there.");
            return null;
        }

        if (format is not null and not Generated) section.Require("path", $"Give the {(format == "idx" ? "folder of the IDX files" : "folder or .tar.gz with train/ and test/")}, or --data.");
        return ReferredFile.Read(section, "path", context);
    }

    private static string Override(string? format, string data) => format == Generated
        ? throw new InvalidInputException("--data", "the dataset 'shapes' is generated", "Leave --data out, or name another format in the sweep file.")
        : ReferredFile.Override("--data", data);
}
