using System.Collections.Concurrent;

namespace Distributed.Silo.Workers;

/// <summary>Which slots could not start their executor when they last tried. Thread safe.</summary>
internal sealed class ExecutorStarts
{
    private readonly ConcurrentDictionary<string, bool> _failed = new();

    /// <summary>A slot that cannot start its executor, or null.</summary>
    public string? Failing => _failed.Keys.Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>How a start went.</summary>
    public void Tell(string slot, bool started)
    {
        if (started) _failed.TryRemove(slot, out _);
        else _failed[slot] = true;
    }
}
