namespace Distributed.Dashboard;

/// <summary>Moments as the pages write them: in UTC, as logs and traces have them.</summary>
public static class Moment
{
    /// <summary>"2026-01-02 03:04:05".</summary>
    public static string Of(DateTimeOffset time) => Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}");

    /// <summary>"03:04:05".</summary>
    public static string Clock(DateTimeOffset time) => Invariant($"{time.UtcDateTime:HH:mm:ss}");

    /// <summary>"+1:02.3" after a start.</summary>
    public static string After(DateTimeOffset start, DateTimeOffset time)
    {
        var passed = time - start;
        return passed.TotalHours >= 1 ? $"+{Quantity.Clock(passed)}" : Invariant($"+{(int)passed.TotalMinutes}:{passed.Seconds:00}.{passed.Milliseconds / 100}");
    }
}
