using System.Runtime.InteropServices;
using Xunit;

namespace Distributed.Testing;

/// <summary>Where things lie, found from the test's own output folder.</summary>
public static class Repository
{
    /// <summary>The folder that holds Distributed.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Sweep files that a user can run.</summary>
    public static string Examples { get; } = Path.Combine(Root, "client", "examples");

    /// <summary>The console, built as these tests are.</summary>
    public static string Console { get; } = Path.Combine(Root, "client", "Console", "bin", Configuration, "net10.0", "Distributed.Client.dll");

    /// <summary>A real silo whose trials are arithmetic, built as these tests are.</summary>
    public static string StubSilo { get; } = Path.Combine(
        Root, "tests", "StubSilo", "bin", Configuration, "net10.0", RuntimeInformation.RuntimeIdentifier, "Distributed.StubSilo.dll");

    /// <summary>The silo as it was built beside the console.</summary>
    public static string Silo { get; } = Path.Combine(
        Root, "silo", "Host", "bin", Configuration, "net10.0", RuntimeInformation.RuntimeIdentifier, "Distributed.Silo.dll");

    private static string Configuration => AppContext.BaseDirectory.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";

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
