using System.Runtime.CompilerServices;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Sweep logs in memory, by the same contract as every other store. Entries go through JSON, as they do on a disk.</summary>
public sealed class MemorySweepLogStore(TimeProvider time) : ISweepLogStore
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, MemoryLog> _logs = new(StringComparer.Ordinal);

    /// <summary>Called before each append with its records; throw to let it fail with nothing written.</summary>
    public Action<SweepId, IReadOnlyList<SweepRecord>>? BeforeAppend { get; set; }

    /// <summary>Called before a log is owned; throw to refuse it.</summary>
    public Action<SweepId>? BeforeOwn { get; set; }

    /// <summary>Called before the logs are listed; throw to refuse it.</summary>
    public Action? BeforeList { get; set; }

    /// <summary>What each append waits for, as for a store that is slow.</summary>
    public Func<SweepId, Task>? Slowness { get; set; }

    /// <summary>How many entries were read in all.</summary>
    public int EntriesRead { get; private set; }

    public Task<IReadOnlyList<SweepId>> List(CancellationToken cancellation = default)
    {
        BeforeList?.Invoke();
        lock (_gate) return Task.FromResult<IReadOnlyList<SweepId>>([.. _logs.Where(log => log.Value.Lines.Count > 0).Select(log => new SweepId(log.Key))]);
    }

    public async IAsyncEnumerable<LogEntry> Read(
        SweepId sweep, long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        List<string> lines;
        lock (_gate) lines = [.. _logs.TryGetValue(sweep.Value, out var log) ? log.Lines.Skip((int)Math.Min(from, int.MaxValue)) : []];
        await Task.CompletedTask;
        foreach (string line in lines)
        {
            cancellation.ThrowIfCancellationRequested();
            EntriesRead++;
            yield return SweepJson.Read<LogEntry>(line);
        }
    }

    public Task<ISweepLog> Own(SweepId sweep, CancellationToken cancellation = default)
    {
        BeforeOwn?.Invoke(sweep);
        lock (_gate)
        {
            if (!_logs.TryGetValue(sweep.Value, out var log)) _logs[sweep.Value] = log = new();
            return Task.FromResult<ISweepLog>(log.Owner = new Writer(this, sweep, log));
        }
    }

    public Task<NotedLog?> ReadNote(SweepId sweep, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_logs.TryGetValue(sweep.Value, out var log) && log.Note is { } note ? new NotedLog(note, note.Next == log.Lines.Count) : null);
        }
    }

    public Task Delete(SweepId sweep, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            if (_logs.TryGetValue(sweep.Value, out var log) && log.Owner is not null && log.Lines.Count > 0)
                throw new InvalidInputException("memory", $"sweep '{sweep}' is being run", "Stop it first.");
            if (log?.Owner is null) _logs.Remove(sweep.Value);
        }

        return Task.CompletedTask;
    }

    private sealed class MemoryLog
    {
        public List<string> Lines { get; } = [];

        public Writer? Owner { get; set; }

        public LogNote? Note { get; set; }
    }

    private sealed class Writer(MemorySweepLogStore store, SweepId sweep, MemoryLog log) : ISweepLog
    {
        private bool _disposed;

        public long Next
        {
            get
            {
                lock (store._gate) return log.Lines.Count;
            }
        }

        public Task<IReadOnlyList<LogEntry>> Append(IReadOnlyList<SweepRecord> records, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(records);
            if (cancellation.IsCancellationRequested) return Task.FromCanceled<IReadOnlyList<LogEntry>>(cancellation);
            return store.Slowness is { } slow ? After(slow(sweep), records) : Now(records);
        }

        private async Task<IReadOnlyList<LogEntry>> After(Task slow, IReadOnlyList<SweepRecord> records)
        {
            await slow;
            return await Now(records);
        }

        private Task<IReadOnlyList<LogEntry>> Now(IReadOnlyList<SweepRecord> records)
        {
            lock (store._gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (!ReferenceEquals(log.Owner, this)) return Task.FromException<IReadOnlyList<LogEntry>>(new LogFencedException(sweep));
                return Task.FromResult<IReadOnlyList<LogEntry>>(Write(records));
            }
        }

        public Task Note(LogNote note, CancellationToken cancellation = default)
        {
            lock (store._gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (!ReferenceEquals(log.Owner, this)) return Task.FromException(new LogFencedException(sweep));
                if (note.Next == log.Lines.Count && note.Next > 0) log.Note = note;
                return Task.CompletedTask;
            }
        }

        public ValueTask DisposeAsync()
        {
            lock (store._gate)
            {
                _disposed = true;
                if (ReferenceEquals(log.Owner, this)) log.Owner = null;
            }

            return ValueTask.CompletedTask;
        }

        private LogEntry[] Write(IReadOnlyList<SweepRecord> records)
        {
            store.BeforeAppend?.Invoke(sweep, records);
            var now = store.TimeSource.GetUtcNow();
            LogEntry[] entries = [.. records.Select((record, index) => new LogEntry(log.Lines.Count + index, now, record))];
            log.Lines.AddRange(entries.Select(SweepJson.Write));
            return entries;
        }
    }

    private TimeProvider TimeSource => time;
}
