namespace Distributed.Client.SweepFiles.Sections;

/// <summary>Paths in a sweep file and on the command line.</summary>
internal static class ReferredFile
{
    /// <summary>The absolute path under a key, or the reference to a store, or null after a problem or without the key.</summary>
    public static string? Read(Section section, string key, SweepFileContext context)
    {
        if (section.Text(key) is not { } text) return null;
        if (StoredFile.Is(text)) return Stored(section, key, text);
        string path = Path.GetFullPath(Path.Combine(context.Folder, text));
        if (!context.Exists(path))
            section.Problems.Add(section.Find(key)!.Span, $"there is nothing at {path}", "Correct the path; it is relative to the sweep file's folder.");
        return path;
    }

    private static string? Stored(Section section, string key, string text)
    {
        try
        {
            return StoredFile.Parse(text).ToString();
        }
        catch (InvalidInputException error)
        {
            section.Problems.Add(section.Find(key)!.Span, error.Found, error.Remedy);
            return null;
        }
    }

    /// <summary>The absolute path, or the reference to a store, given by an option.</summary>
    public static string Override(string option, string text)
    {
        if (StoredFile.Is(text)) return StoredFile.Parse(text).ToString();
        string path = Path.GetFullPath(text);
        return File.Exists(path) || Directory.Exists(path)
            ? path
            : throw new InvalidInputException(option, $"there is nothing at {path}", "Correct the path; it is relative to the working directory.");
    }
}
