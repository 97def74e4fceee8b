using System.Globalization;

namespace Distributed.Silo.Executors;

/// <summary>Where this machine keeps decoded images and latency tables: one folder for all stores, so that two sweeps predict by the same numbers.</summary>
/// <remarks>May be emptied at any time; what was in it is then decoded and timed anew.</remarks>
internal static class CacheFolder
{
    /// <summary>Names another folder.</summary>
    public const string Variable = "DISTRIBUTED_CACHE";

    private const long DefaultLimit = 50_000_000_000;

    /// <summary>The folder that <see cref="Variable"/> names; else "distributed" in the user's cache folder (XDG_CACHE_HOME, ~/.cache).</summary>
    public static string Current => Given(Variable) is { } folder ? Path.GetFullPath(folder) : Path.Combine(OfUser(), "distributed");

    /// <summary>Names how many gigabytes of datasets and models of stores are kept; 50 without it.</summary>
    public const string LimitVariable = "DISTRIBUTED_CACHE_GB";

    /// <summary>Above which datasets and models that nobody uses are removed.</summary>
    /// <exception cref="InvalidInputException">The variable is no number.</exception>
    public static long LimitBytes => Given(LimitVariable) is not { } text
        ? DefaultLimit
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double gigabytes) && gigabytes is >= 0 and < 1e6
            ? (long)(gigabytes * 1e9)
            : throw new InvalidInputException(LimitVariable, $"it is '{text}'", "Give a number of gigabytes, such as 50.");

    private static string OfUser()
    {
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return Given("XDG_CACHE_HOME") ?? Path.Combine(Given("HOME") ?? Path.GetTempPath(), ".cache");
    }

    private static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
