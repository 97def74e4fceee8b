using System.Runtime.CompilerServices;

namespace Distributed.Client.Tests;

/// <summary>Pins output in files beside the tests, which double as a gallery. UPDATE_EXPECTED=1 writes them anew.</summary>
internal static class Expected
{
    public static string Folder([CallerFilePath] string test = "") => Path.GetDirectoryName(test)!;

    public static void Matches(string actual, string file)
    {
        string tidy = string.Join('\n', actual.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1") File.WriteAllText(file, tidy);
        Assert.True(File.Exists(file), $"{file} is missing; run with UPDATE_EXPECTED=1 and review what it writes.");
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), tidy);
    }
}
