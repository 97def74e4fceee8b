namespace Distributed.Dashboard;

/// <summary>The reports of one running trial, at most so many: when full, every second one goes.</summary>
internal sealed class ReportHistory
{
    private const int Most = 512;
    private readonly List<ProgressPoint> _points = [];
    private string _slot = "";

    /// <summary>Whether there is one.</summary>
    public bool Any => _points.Count > 0;

    /// <summary>Takes a report in.</summary>
    public void Add(string slot, ProgressPoint point)
    {
        _slot = slot;
        if (_points.Count == Most) Thin();
        _points.Add(point);
    }

    /// <summary>A copy for good.</summary>
    public RunningReport Report() => new(_slot, _points[^1].Progress, [.. _points]);

    private void Thin()
    {
        int kept = 0;
        for (int i = 0; i < _points.Count; i += 2) _points[kept++] = _points[i];
        _points.RemoveRange(kept, _points.Count - kept);
    }
}
