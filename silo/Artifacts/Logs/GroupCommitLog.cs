using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The writing end of one sweep's log.</summary>
/// <remarks>
/// Group commit: an append that finds the log idle is written and flushed at once; those that come while the store is busy
/// are written together, with one flush or request, as soon as it is free. Nobody waits for a timer.
/// When a write fails, every append that had been called by then fails with it: none is kept whose predecessor is lost.
/// A token is looked at before an append is accepted; after that it ends as written or as failed.
/// </remarks>
internal sealed class GroupCommitLog(
    SweepId sweep, ILogEnd end, string store, Func<GroupCommitLog, Task> released, TimeProvider time) : ISweepLog
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _atEnd = new(1, 1);
    private List<PendingAppend> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _fenced;
    private bool _disposed;
    private long _next = end.Next;

    public long Next
    {
        get
        {
            lock (_gate) return _next;
        }
    }

    public Task<IReadOnlyList<LogEntry>> Append(IReadOnlyList<SweepRecord> records, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(records);
        return Append(new PendingAppend(records), cancellation);
    }

    /// <summary>Appends entries of another log with the times that they tell.</summary>
    public Task Copy(IReadOnlyList<LogEntry> entries, CancellationToken cancellation) =>
        Append(new PendingAppend([.. entries.Select(entry => entry.Record)], [.. entries.Select(entry => entry.Time)]), cancellation);

    private Task<IReadOnlyList<LogEntry>> Append(PendingAppend append, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(append.Count, LogSegment.RecordsLimit, nameof(append));
        if (cancellation.IsCancellationRequested) return Task.FromCanceled<IReadOnlyList<LogEntry>>(cancellation);
        lock (_gate)
        {
            if (_fenced) return Task.FromException<IReadOnlyList<LogEntry>>(new LogFencedException(sweep));
            ObjectDisposedException.ThrowIf(_disposed, this);
            _waiting.Add(append);
            _next += append.Count;
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAll, CancellationToken.None);
            }

            return append.Done.Task;
        }
    }

    public async Task Note(LogNote note, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(note);
        await _atEnd.WaitAsync(cancellation);
        try
        {
            lock (_gate)
            {
                if (_fenced) throw new LogFencedException(sweep);
                ObjectDisposedException.ThrowIf(_disposed, this);
            }

            if (end.Next == note.Next) await end.Note(note);
        }
        finally
        {
            _atEnd.Release();
        }
    }

    /// <summary>Lets the appends that were called end, refuses all later ones and closes the file.</summary>
    public async Task Fence()
    {
        Task writing;
        lock (_gate)
        {
            _fenced = true;
            writing = _writing;
        }

        await writing;
        await Leave();
    }

    public async ValueTask DisposeAsync()
    {
        Task writing;
        lock (_gate)
        {
            if (_disposed) return;
            _disposed = true;
            writing = _writing;
        }

        await writing;
        await Leave();
        await released(this);
    }

    private async Task Leave()
    {
        await _atEnd.WaitAsync();
        try
        {
            await end.DisposeAsync();
        }
        finally
        {
            _atEnd.Release();
        }
    }

    private async Task WriteAll()
    {
        while (true)
        {
            List<PendingAppend> batch;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isWriting = false;
                    return;
                }

                (batch, _waiting) = (_waiting, []);
            }

            await Write(batch);
        }
    }

    private async Task Write(List<PendingAppend> batch)
    {
        await _atEnd.WaitAsync();
        try
        {
            var written = batch.FindAll(append => append.Count > 0);
            if (written.Count < batch.Count) await end.Confirm();
            await end.Append(written, time.GetUtcNow());
        }
        // Whatever it was belongs to those who appended: each of them gets it.
        catch (Exception error)
        {
            Fail(batch, error is IOException io && Disk.IsFull(io) ? new StoreFullException(store, error) : error);
            return;
        }
        finally
        {
            _atEnd.Release();
        }

        foreach (var append in batch) append.Done.SetResult(append.Entries);
    }

    private void Fail(List<PendingAppend> batch, Exception error)
    {
        lock (_gate)
        {
            batch.AddRange(_waiting);
            _waiting = [];
            _next = end.Next;
        }

        foreach (var append in batch.Where(append => !append.IsWritten)) append.Done.SetException(error);
        foreach (var append in batch.Where(append => append.IsWritten)) append.Done.SetResult(append.Entries);
    }
}
