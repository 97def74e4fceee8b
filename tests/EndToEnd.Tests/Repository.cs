namespace Distributed.EndToEnd.Tests;

/// <summary>Where things lie, found from the test's own output folder.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Distributed.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The console as it was built beside these tests.</summary>
    public static string Console { get; } = Path.Combine(
        Root, "client", "Console", "bin", AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release", "net10.0", "Distributed.Client.dll");

    /// <summary>A file or folder of the shared data, or a skip with the reason.</summary>
    public static string Shared(string path)
    {
        string full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        if (!Path.Exists(full)) Assert.Skip($"../shared/{path} is not beside the repository; this test reads real data from there.");
        return full;
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Distributed.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
