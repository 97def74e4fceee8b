using Distributed.Testing;

namespace Distributed.Grains.Tests;

/// <summary>A log store whose appends wait until it is opened.</summary>
internal sealed class GatedLogStore(MemorySweepLogStore inner) : ISweepLogStore
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _busy = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many records each append had.</summary>
    public List<int> Appends { get; } = [];

    /// <summary>Ends when the first append waits.</summary>
    public Task Busy => _busy.Task;

    public void Open() => _open.SetResult();

    public Task<IReadOnlyList<SweepId>> List(CancellationToken cancellation = default) => inner.List(cancellation);

    public IAsyncEnumerable<LogEntry> Read(SweepId sweep, long from = 0, CancellationToken cancellation = default) => inner.Read(sweep, from, cancellation);

    public async Task<ISweepLog> Own(SweepId sweep, CancellationToken cancellation = default) => new Log(this, await inner.Own(sweep, cancellation));

    public Task<NotedLog?> ReadNote(SweepId sweep, CancellationToken cancellation = default) => inner.ReadNote(sweep, cancellation);

    public Task Delete(SweepId sweep, CancellationToken cancellation = default) => inner.Delete(sweep, cancellation);

    private sealed class Log(GatedLogStore store, ISweepLog inner) : ISweepLog
    {
        public long Next => inner.Next;

        public async Task<IReadOnlyList<LogEntry>> Append(IReadOnlyList<SweepRecord> records, CancellationToken cancellation = default)
        {
            store._busy.TrySetResult();
            await store._open.Task;
            store.Appends.Add(records.Count);
            return await inner.Append(records, cancellation);
        }

        public Task Note(LogNote note, CancellationToken cancellation = default) => inner.Note(note, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
