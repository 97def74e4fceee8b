using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Distributed.Silo.Telemetry;

/// <summary>The slots that work in this process, as the observed metrics see them. Thread safe.</summary>
internal static class LiveSlots
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly ConcurrentDictionary<LiveSlot, bool> All = new();

    /// <summary>A slot works; disposed with it.</summary>
    public static LiveSlot Add(string name, TimeProvider time)
    {
        LiveSlot slot = new(name, time, gone => All.TryRemove(gone, out _));
        All[slot] = true;
        WorkerTelemetry.ExecutorRestarts.Add(0, new KeyValuePair<string, object?>("slot", name));
        WorkerTelemetry.ExecutorStalls.Add(0, new KeyValuePair<string, object?>("slot", name));
        return slot;
    }

    /// <summary>How many there are.</summary>
    public static long Count() => All.Count;

    /// <summary>1 for each that runs an attempt, 0 for the others: their mean is the ratio of busy slots.</summary>
    public static IEnumerable<Measurement<double>> Busy() => Each(slot => slot.IsBusy ? 1 : 0);

    /// <summary>Images a second of each.</summary>
    public static IEnumerable<Measurement<double>> Throughput() => Each(slot => slot.ImagesPerSecond);

    /// <summary>1 while some slot was answered lately, else 0.</summary>
    public static long Healthy() => All.Keys.Any(slot => slot.Silence < Patience) ? 1 : 0;

    private static IEnumerable<Measurement<double>> Each(Func<LiveSlot, double> number) =>
        All.Keys.Select(slot => new Measurement<double>(number(slot), new KeyValuePair<string, object?>("slot", slot.Name)));
}
