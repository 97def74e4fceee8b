namespace Distributed.Sweeps;

/// <summary>A store has no space left. What was being written is not there, not even in part; everything older is intact.</summary>
/// <param name="store">The store: a folder or an address.</param>
/// <param name="cause">The error underneath.</param>
public sealed class StoreFullException(string store, Exception? cause = null)
    : IOException($"The store '{store}' has no space left; nothing of this write was kept. Free some space there and run again to resume.", cause);
