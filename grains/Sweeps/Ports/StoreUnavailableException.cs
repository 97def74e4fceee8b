namespace Distributed.Sweeps;

/// <summary>A store cannot be reached, or cannot serve now. What was being written may be there or not: ask again, every call may be repeated.</summary>
/// <param name="store">The store: a folder or an address. Never holds a secret.</param>
/// <param name="found">What it answered, or that it did not, without a full stop.</param>
/// <param name="cause">The error underneath.</param>
public sealed class StoreUnavailableException(string store, string found, Exception? cause = null)
    : IOException($"The store '{store}' cannot be used now: {found}. Nothing is lost: it is asked again, or run the command again once it answers.", cause);
