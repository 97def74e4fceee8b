using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>One activation's hold on its sweep's log: the ledger is the fold of what is durable, never of what is hoped.</summary>
/// <remarks>Used on the activation's scheduler only. One append at a time: the caller holds the sweep's turn.</remarks>
internal sealed class SweepJournal(ISweepLogStore store, SweepId sweep) : IAsyncDisposable
{
    private readonly List<LogEntry> _entries = [];
    private ISweepLog? _log;
    private TaskCompletionSource _changed = NewSignal();

    /// <summary>What is durable, folded.</summary>
    public SweepLedger Ledger { get; } = new();

    /// <summary>What is durable.</summary>
    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>Whether the sweep was ever launched.</summary>
    public bool Exists => _entries.Count > 0;

    /// <summary>The error after which this activation may append nothing more; null while all is well.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Ends at the next change after it was taken.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Takes the log over, if there is one, and reads it.</summary>
    public async Task Open(CancellationToken cancellation)
    {
        if (!await HasLog(cancellation)) return;
        _log = await store.Own(sweep, cancellation);
        await foreach (var entry in store.Read(sweep, 0, cancellation)) Take(entry);
    }

    /// <summary>Records all or none. When it ends well, everything is durable and folded.</summary>
    /// <exception cref="SweepUnavailableException">It is unknown what was recorded. The activation must end; the next one reads the log.</exception>
    public async Task Append(params IReadOnlyList<SweepRecord> records)
    {
        if (records.Count == 0) return;
        if (Broken is not null) throw new SweepUnavailableException(sweep, Broken);
        try
        {
            _log ??= await store.Own(sweep);
            foreach (var entry in await _log.Append(records)) Take(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or InvalidOperationException)
        {
            Broken = e;
            throw new SweepUnavailableException(sweep, e);
        }
        finally
        {
            Signal();
        }
    }

    /// <summary>Wakes the watchers.</summary>
    public void Signal()
    {
        var old = _changed;
        _changed = NewSignal();
        old.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        if (_log is not null) await _log.DisposeAsync();
    }

    private async Task<bool> HasLog(CancellationToken cancellation)
    {
        await foreach (var _ in store.Read(sweep, 0, cancellation)) return true;
        return false;
    }

    private void Take(LogEntry entry)
    {
        _entries.Add(entry);
        Ledger.Apply(entry);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
