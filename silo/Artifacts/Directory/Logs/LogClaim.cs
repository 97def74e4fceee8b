using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Distributed.Artifacts;

/// <summary>Who in this process writes a log. One lock of the operating system per log and process; inside it, the newest owner.</summary>
/// <remarks>
/// Owning a log that this process owns already fences the older owner: its appends under way end first, later ones fail.
/// Owning a log that another living process owns is refused at once: it cannot be fenced, only stopped.
/// The lock of a process that died is free.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "Claims live as long as the process; their gates hold no handle to release.")]
internal sealed class LogClaim
{
    private static readonly ConcurrentDictionary<string, LogClaim> All = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private LockFile? _lock;
    private GroupCommitLog? _owner;

    private LogClaim()
    {
    }

    public static LogClaim Of(string lockPath) => All.GetOrAdd(lockPath, _ => new());

    /// <summary>Makes a new owner.</summary>
    public async Task<GroupCommitLog> Own(
        Func<LockFile?> take, Func<GroupCommitLog> open, Func<Exception> refused, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_owner is not null) await _owner.Fence();
            _owner = null;
            _lock ??= take() ?? throw refused();
            try
            {
                return _owner = await Task.Run(open, cancellation);
            }
            finally
            {
                if (_owner is null) Unlock();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Does something to a log that nobody owns.</summary>
    public async Task WhileFree(Func<LockFile?> take, Action act, Func<Exception> refused, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_owner is not null) throw refused();
            using var held = take() ?? throw refused();
            await Task.Run(act, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends an ownership; nothing happens when somebody newer owns the log.</summary>
    public async Task Release(GroupCommitLog owner)
    {
        await _gate.WaitAsync();
        try
        {
            if (!ReferenceEquals(_owner, owner)) return;
            _owner = null;
            Unlock();
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Unlock()
    {
        _lock?.Dispose();
        _lock = null;
    }
}
