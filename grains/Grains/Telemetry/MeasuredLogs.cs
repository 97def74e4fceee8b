using System.Diagnostics;

namespace Distributed.Grains;

/// <summary>A log store whose appends are timed and whose failures are counted.</summary>
internal sealed class MeasuredLogs(ISweepLogStore inner, TimeProvider time) : ISweepLogStore
{
    public Task<IReadOnlyList<SweepId>> List(CancellationToken cancellation = default) => Counted("list", () => inner.List(cancellation));

    public IAsyncEnumerable<LogEntry> Read(SweepId sweep, long from = 0, CancellationToken cancellation = default) => inner.Read(sweep, from, cancellation);

    public async Task<ISweepLog> Own(SweepId sweep, CancellationToken cancellation = default) =>
        new Log(await Counted("own", () => inner.Own(sweep, cancellation)), time);

    public Task<NotedLog?> ReadNote(SweepId sweep, CancellationToken cancellation = default) => inner.ReadNote(sweep, cancellation);

    public Task Delete(SweepId sweep, CancellationToken cancellation = default) => inner.Delete(sweep, cancellation);

    private static async Task<T> Counted<T>(string operation, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TagList labels = new() { { "operation", operation } };
            SweepTelemetry.StoreErrors.Add(1, labels);
            throw;
        }
    }

    private sealed class Log(ISweepLog inner, TimeProvider time) : ISweepLog
    {
        public long Next => inner.Next;

        public async Task<IReadOnlyList<LogEntry>> Append(IReadOnlyList<SweepRecord> records, CancellationToken cancellation = default)
        {
            long begun = time.GetTimestamp();
            var entries = await Counted("append", () => inner.Append(records, cancellation));
            SweepTelemetry.AppendDuration.Record(time.GetElapsedTime(begun).TotalSeconds);
            return entries;
        }

        public Task Note(LogNote note, CancellationToken cancellation = default) => inner.Note(note, cancellation);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
