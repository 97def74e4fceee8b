namespace Distributed.Silo.Executors;

/// <summary>Tells a process that the system killed for want of memory from one that somebody killed.</summary>
internal static class OutOfMemoryKills
{
    /// <summary>What a process killed by SIGKILL exits with.</summary>
    public const int ExitCode = 137;

    private static readonly string[] Counters = ["/proc/vmstat", "/sys/fs/cgroup/memory.events"];

    /// <summary>How often the system has killed so far, in all counters that can be read; only its changes mean anything.</summary>
    public static long Count() => Counters.Sum(Read);

    private static long Read(string file)
    {
        const string Key = "oom_kill ";
        try
        {
            string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
            return line is not null && long.TryParse(line.AsSpan(Key.Length), out long count) ? count : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
