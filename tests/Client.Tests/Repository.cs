using System.Runtime.InteropServices;

namespace Distributed.Client.Tests;

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>A real silo whose trials are arithmetic; built as these tests are.</summary>
    public static string StubSilo { get; } = Path.Combine(
        Root, "tests", "StubSilo", "bin", Configuration, "net10.0", RuntimeInformation.RuntimeIdentifier, "Distributed.StubSilo.dll");

    public static string Examples => Path.Combine(Root, "client", "examples");

    private static string Configuration => AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Distributed.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
