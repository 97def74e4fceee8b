using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A sweep's log as a reader sees it grow.</summary>
internal sealed class SweepLogSeen
{
    private readonly List<LogEntry> _entries = [];

    public SweepState State { get; } = new();

    public IReadOnlyList<LogEntry> Entries => _entries;

    public bool HasEnded => State.Status is SweepStatus.Finished or SweepStatus.Failed or SweepStatus.Cancelled;

    public int Closed => State.Trials.Count(trial => trial.IsClosed);

    public void Take(LogEntry entry)
    {
        if (entry.Position < State.Next) return;
        State.Apply(entry);
        _entries.Add(entry);
    }

    public IEnumerable<T> All<T>()
        where T : SweepRecord => _entries.Select(entry => entry.Record).OfType<T>();
}
