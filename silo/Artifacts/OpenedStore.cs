using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The artifacts and logs of one store.</summary>
/// <remarks>Cheap to make; any process may have one. Safe from any thread.</remarks>
public sealed class OpenedStore
{
    private readonly Func<IDisposable> _lock;
    private readonly Func<CancellationToken, Task> _reach;
    private readonly Func<SweepId, CancellationToken, Task<QuarantinedLog?>> _quarantine;

    internal OpenedStore(DirectoryStore store)
    {
        Address = new StoreAddress.Folder(store.Root);
        (Artifacts, Logs) = (store.Artifacts, store.Logs);
        (_lock, _quarantine) = (store.Lock, store.Quarantine);
        _reach = store.Reach;
    }

    internal OpenedStore(StoreAddress address, AzureStore store, Func<CancellationToken, Task> reach)
    {
        (Address, Artifacts, Logs) = (address, store.Artifacts, store.Logs);
        (_lock, _reach, _quarantine) = (() => Nothing.ToHold, reach, store.Logs.Quarantine);
    }

    /// <summary>Where it is.</summary>
    public StoreAddress Address { get; }

    /// <summary>The artifacts.</summary>
    public IArtifactStore Artifacts { get; }

    /// <summary>The sweeps' logs.</summary>
    public ISweepLogStore Logs { get; }

    /// <summary>Takes the right to run sweeps on a folder, for a silo that is alone on it, and removes what writers that died left half written.</summary>
    /// <returns>The right; a container needs none, as a newer owner of a log fences the older one.</returns>
    /// <exception cref="InvalidInputException">Another process has it; the message names that process.</exception>
    public IDisposable Lock() => _lock();

    /// <summary>Makes sure that the store answers and may be used; a container that is not there is made. Ask once at the start.</summary>
    /// <exception cref="InvalidInputException">Account, container or credentials are wrong.</exception>
    /// <exception cref="StoreUnavailableException">It does not answer.</exception>
    /// <exception cref="StoreFullException">There is no space in it.</exception>
    public Task Reach(CancellationToken cancellation = default) => _reach(cancellation);

    /// <summary>Sets the damaged part of a log that nobody owns aside: the segment that holds the damage, and all after it. What is before it stays.</summary>
    /// <returns>What was done; null when nothing is damaged.</returns>
    /// <exception cref="InvalidInputException">Somebody owns the log.</exception>
    public Task<QuarantinedLog?> Quarantine(SweepId sweep, CancellationToken cancellation = default) => _quarantine(sweep, cancellation);

    private sealed class Nothing : IDisposable
    {
        public static readonly Nothing ToHold = new();

        public void Dispose()
        {
        }
    }
}
