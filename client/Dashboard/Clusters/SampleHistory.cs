namespace Distributed.Dashboard;

/// <summary>Samples over time, at most so many: when full, every second one goes, and from then on every second one is taken.</summary>
internal sealed class SampleHistory
{
    private const int Most = 720;
    private readonly List<ClusterSample> _samples = [];
    private int _stride = 1;
    private int _offered;

    /// <summary>Offers a sample.</summary>
    public void Add(ClusterSample sample)
    {
        if (_offered++ % _stride != 0) return;
        if (_samples.Count == Most)
        {
            int kept = 0;
            for (int i = 0; i < _samples.Count; i += 2) _samples[kept++] = _samples[i];
            _samples.RemoveRange(kept, _samples.Count - kept);
            _stride *= 2;
        }

        _samples.Add(sample);
    }

    /// <summary>A copy for good.</summary>
    public IReadOnlyList<ClusterSample> Snapshot() => [.. _samples];
}
