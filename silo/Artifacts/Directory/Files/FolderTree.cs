namespace Distributed.Artifacts;

/// <summary>What lies in a folder and below.</summary>
internal static class FolderTree
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>The paths of all files, hidden ones too, in no promised order.</summary>
    public static IEnumerable<string> Files(string folder, string pattern = "*") => Directory.EnumerateFiles(folder, pattern, Everything);
}
