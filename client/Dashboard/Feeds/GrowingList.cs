namespace Distributed.Dashboard;

/// <summary>A list that only grows, of which a snapshot costs nothing: what was added is never written again.</summary>
/// <remarks>One writer; snapshots may be read from any thread.</remarks>
internal sealed class GrowingList<T>
{
    private T[] _items = new T[16];
    private int _count;

    /// <summary>Adds one at the end. Snapshots taken before do not see it.</summary>
    public void Add(T item)
    {
        if (_count == _items.Length) Array.Resize(ref _items, 2 * _count);
        _items[_count++] = item;
    }

    /// <summary>What is in it now, for good.</summary>
    public IReadOnlyList<T> Snapshot() => new ArraySegment<T>(_items, 0, _count);
}
