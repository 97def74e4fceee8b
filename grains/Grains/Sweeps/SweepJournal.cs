using Distributed.Contracts;

namespace Distributed.Grains;

/// <summary>
/// One activation's hold on its sweep's log: decisions stand in the ledger at once, and in <see cref="Entries"/>, which is all that others
/// see, when they are durable.
/// </summary>
/// <remarks>
/// Group commit. An append that finds the log idle is written at once; those that come while it is busy are written together as soon as it is
/// free, at most <see cref="BatchRecords"/> at a time, what was decided together never apart. Nobody waits for a timer. When a write fails,
/// everything that waits fails with it, and the ledger holds what never was: the activation must end, and the next one reads the log.
/// Used on the activation's scheduler only.
/// </remarks>
internal sealed class SweepJournal(ISweepLogStore store, SweepId sweep, TimeProvider time) : IAsyncDisposable
{
    private const int BatchRecords = 64;
    private const int NotedEvery = 4096;
    private readonly List<LogEntry> _entries = [];
    private readonly Queue<IReadOnlyList<SweepRecord>> _waiting = new();
    private ISweepLog? _log;
    private readonly Queue<(long UpTo, TaskCompletionSource Done)> _awaited = new();
    private TaskCompletionSource _changed = NewSignal();
    private Task _writing = Task.CompletedTask;
    private Task _last = Task.CompletedTask;
    private long _noted;

    /// <summary>What is decided, folded.</summary>
    public SweepLedger Ledger { get; } = new();

    /// <summary>What is durable.</summary>
    public IReadOnlyList<LogEntry> Entries => _entries;

    /// <summary>The sweep in one line, of what is durable.</summary>
    public SweepListing Listing { get; } = new(sweep);

    /// <summary>What a webhook is to be told, of what is durable.</summary>
    public NoticePlan Notices { get; } = new(sweep);

    /// <summary>The position that the next record will have.</summary>
    public long Next => Ledger.State.Next;

    /// <summary>Whether the sweep was ever launched.</summary>
    public bool Exists => Next > 0;

    /// <summary>The error after which this activation may append nothing more; null while all is well.</summary>
    public Exception? Broken { get; private set; }

    /// <summary>Called with what has become durable.</summary>
    public Action<IReadOnlyList<SweepRecord>>? Records { get; init; }

    /// <summary>Called when a write has failed.</summary>
    public Action<Exception>? Breaks { get; init; }

    /// <summary>Ends at the next change after it was taken.</summary>
    public Task Changed => _changed.Task;

    /// <summary>Ends when everything that is decided by now is durable; fails when it is unknown whether it is.</summary>
    public Task Durable => _last;

    /// <summary>Takes the log over, if there is one, and reads it.</summary>
    public async Task Open(CancellationToken cancellation)
    {
        if (!await HasLog(cancellation)) return;
        _log = await store.Own(sweep, cancellation);
        await foreach (var entry in store.Read(sweep, 0, cancellation))
        {
            Take(entry);
            Ledger.Apply(entry);
        }

        await Note();
    }

    /// <summary>Decides: the records are folded now, and durable, all or none, when <see cref="Durable"/> ends.</summary>
    /// <exception cref="SweepUnavailableException">An earlier write failed. The activation must end; the next one reads the log.</exception>
    public void Append(params IReadOnlyList<SweepRecord> records)
    {
        if (records.Count == 0) return;
        if (Broken is not null) throw Broken;
        var now = time.GetUtcNow();
        Fold(records, now);
        _waiting.Enqueue(records);
        var done = NewSignal();
        _awaited.Enqueue((Next, done));
        _last = done.Task;
        if (_writing.IsCompleted) _writing = WriteAll();
    }

    /// <summary>Wakes the watchers.</summary>
    public void Signal()
    {
        var old = _changed;
        _changed = NewSignal();
        old.TrySetResult();
    }

    /// <summary>What is decided by now is written; whoever decides later, as a search that took long, is told that the activation has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        SweepUnavailableException ended = new(sweep, "Its activation has ended.");
        Broken ??= ended;
        await _writing;
        if (_log is null) return;
        if (Broken == ended && _noted < Listing.Next) await Note();
        await _writing;
        await _log.DisposeAsync();
    }

    private async Task WriteAll()
    {
        // What this turn decides, and what the turns do that are due already, is written together.
        await Task.Yield();
        try
        {
            while (_waiting.Count > 0)
            {
                _log ??= await store.Own(sweep);
                var batch = Batch();
                await Write(batch);
                Records?.Invoke(batch);
                while (_awaited.TryPeek(out var first) && first.UpTo <= _entries.Count) _awaited.Dequeue().Done.SetResult();
                Signal();
                if (IsWorthNoting(batch)) await Note();
            }
        }
        // Whatever it was belongs to those who wait: each of them gets it.
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private async Task Write(List<SweepRecord> batch)
    {
        foreach (var entry in await _log!.Append(batch))
        {
            if (entry.Position != _entries.Count)
                throw new InvalidOperationException(Invariant($"Record {entry.Position} was written where record {_entries.Count} should be."));
            Take(entry);
        }
    }

    private void Take(LogEntry entry)
    {
        _entries.Add(entry);
        Listing.Apply(entry);
        Notices.Apply(entry);
    }

    /// <summary>Whoever lists the sweeps reads what lies behind the last note: little of a sweep that runs, nothing of one that has ended.</summary>
    private bool IsWorthNoting(List<SweepRecord> batch) =>
        Listing.Next - _noted >= NotedEvery || batch.Exists(record => record is SweepRecord.StatusChanged or SweepRecord.ShareChanged or SweepRecord.Notified);

    /// <summary>Notes the line beside the log. The log suffices without it: what goes wrong here is not the sweep's trouble.</summary>
    private async Task Note()
    {
        if (Listing.ToNote(Notices.Due.Count > 0) is not { } note) return;
        _noted = note.Next;
        try
        {
            await _log!.Note(note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidInputException)
        {
            // The next append tells what is wrong with the store, and the next note comes by itself.
        }
    }

    private List<SweepRecord> Batch()
    {
        List<SweepRecord> batch = [.. _waiting.Dequeue()];
        while (_waiting.TryPeek(out var more) && batch.Count + more.Count <= BatchRecords) batch.AddRange(_waiting.Dequeue());
        return batch;
    }

    private void Fold(IReadOnlyList<SweepRecord> records, DateTimeOffset now)
    {
        try
        {
            foreach (var record in records) Ledger.Apply(new(Next, now, record));
        }
        // A fault of ours, whatever it was: the fold is half of what was decided, and nobody may go on from it.
        catch (Exception e)
        {
            Fail(e);
            throw;
        }
    }

    private void Fail(Exception e)
    {
        Broken = e is InvalidInputException or SweepUnavailableException ? e : new SweepUnavailableException(sweep, e);
        _waiting.Clear();
        while (_awaited.TryDequeue(out var waiting))
        {
            waiting.Done.SetException(Broken);
            _ = waiting.Done.Task.Exception;
        }

        Signal();
        Breaks?.Invoke(Broken);
    }

    private async Task<bool> HasLog(CancellationToken cancellation)
    {
        await foreach (var _ in store.Read(sweep, 0, cancellation)) return true;
        return false;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
