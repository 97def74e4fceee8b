namespace Distributed.Dashboard;

/// <summary>What trials reported before their attempts ended: nothing of it is recorded, so the last few are kept to be looked at.</summary>
internal sealed class RecentCurves
{
    private const int Most = 48;
    private readonly Queue<TrialId> _order = [];
    private readonly Dictionary<TrialId, IReadOnlyList<ProgressPoint>> _curves = [];
    private Dictionary<TrialId, IReadOnlyList<ProgressPoint>>? _snapshot;

    /// <summary>Takes the reports of an attempt that ended; those of the trial's earlier attempts stay before them.</summary>
    public void Add(TrialId trial, IReadOnlyList<ProgressPoint> reports)
    {
        _snapshot = null;
        if (_curves.TryGetValue(trial, out var before))
        {
            _curves[trial] = [.. before, .. reports];
            return;
        }

        if (_order.Count == Most) _curves.Remove(_order.Dequeue());
        _order.Enqueue(trial);
        _curves[trial] = reports;
    }

    /// <summary>A copy for good.</summary>
    public IReadOnlyDictionary<TrialId, IReadOnlyList<ProgressPoint>> Snapshot() => _snapshot ??= new(_curves);
}
