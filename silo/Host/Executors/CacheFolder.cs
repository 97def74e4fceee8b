namespace Distributed.Silo.Executors;

/// <summary>Where this machine keeps decoded images and latency tables: one folder for all stores, so that two sweeps predict by the same numbers.</summary>
/// <remarks>May be emptied at any time; what was in it is then decoded and timed anew.</remarks>
internal static class CacheFolder
{
    /// <summary>Names another folder.</summary>
    public const string Variable = "DISTRIBUTED_CACHE";

    /// <summary>The folder that <see cref="Variable"/> names; else "distributed" in the user's cache folder (XDG_CACHE_HOME, ~/.cache).</summary>
    public static string Current => Given(Variable) is { } folder ? Path.GetFullPath(folder) : Path.Combine(OfUser(), "distributed");

    private static string OfUser()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Given("XDG_CACHE_HOME") ?? Path.Combine(Given("HOME") ?? Path.GetTempPath(), ".cache");
    }

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
