using System.Collections.Concurrent;

namespace Distributed.Grains;

/// <summary>The sweeps that were launched or resumed in this process: those, on one machine, that may hand out work. Thread safe.</summary>
internal sealed class StartedSweeps
{
    private readonly ConcurrentDictionary<SweepId, bool> _started = new();

    /// <summary>Someone launched or resumed it here.</summary>
    public void Add(SweepId sweep) => _started[sweep] = true;

    /// <summary>Whether someone did.</summary>
    public bool Contains(SweepId sweep) => _started.ContainsKey(sweep);
}
