using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Distributed.Grains;

/// <summary>The sweeps whose activations live in this process, as the observed metrics see them. Thread safe.</summary>
internal static class LiveSweeps
{
    private static readonly ConcurrentDictionary<LiveSweep, bool> All = new();

    /// <summary>An activation lives; disposed with it.</summary>
    public static LiveSweep Add(SweepId sweep, SweepNumbers numbers, TimeProvider time)
    {
        LiveSweep live = new(sweep, numbers, time, gone => All.TryRemove(gone, out _));
        All[live] = true;
        SweepTelemetry.Begin();
        return live;
    }

    /// <summary>One number of every sweep that has it.</summary>
    public static IEnumerable<Measurement<double>> Each(Func<LiveSweep, double?> number)
    {
        foreach (var sweep in All.Keys)
        {
            if (number(sweep) is { } value) yield return new(value, new KeyValuePair<string, object?>("sweep", sweep.Name));
        }
    }

    /// <summary>Trials by sweep and state.</summary>
    public static IEnumerable<Measurement<long>> Trials() =>
        from sweep in All.Keys
        from state in Enum.GetValues<TrialStatus>()
        select new Measurement<long>(sweep.In(state), new("sweep", sweep.Name), new("state", state.ToString().ToLowerInvariant()));
}
