using System.Globalization;

namespace Distributed.Compression.Measuring;

/// <summary>How busy this host is.</summary>
internal static class HostLoad
{
    private const string LinuxFile = "/proc/loadavg";

    /// <summary>The one-minute load average; NaN where the system does not tell.</summary>
    public static double OneMinute() =>
        File.Exists(LinuxFile) && double.TryParse(File.ReadAllText(LinuxFile).Split(' ')[0], CultureInfo.InvariantCulture, out double load) ? load : double.NaN;
}
