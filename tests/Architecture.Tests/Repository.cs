namespace Distributed.Architecture.Tests;

internal static class Repository
{
    /// <summary>The folder that holds Distributed.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>C# sources of the product, without generated ones.</summary>
    public static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "Distributed.sln"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository."));
}
