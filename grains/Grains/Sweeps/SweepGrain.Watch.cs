using System.Runtime.CompilerServices;
using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    /// <remarks>What is durable can be told while nothing more can be written, as on a full store.</remarks>
    public Task<IReadOnlyList<LogEntry>> Read(long from, int limit)
    {
        Readable();
        return Task.FromResult<IReadOnlyList<LogEntry>>(Page(from, Math.Clamp(limit, 0, Batch)));
    }

    /// <remarks>A watcher that is gone without a word asks for nothing more: Orleans ends its enumeration, and thereby this one, within half a minute.</remarks>
    public async IAsyncEnumerable<SweepEvent> Watch(long from, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Existing();
        _live?.Watched(1);
        try
        {
            await foreach (var happened in Events((int)Math.Clamp(from, 0, int.MaxValue), cancellation)) yield return happened;
        }
        finally
        {
            _live?.Watched(-1);
        }
    }

    private async IAsyncEnumerable<SweepEvent> Events(int next, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long reports = 0;
        long heard = _around.Clock.Time.GetTimestamp();
        while (true)
        {
            var changed = Journal.Changed;
            for (; next < Journal.Entries.Count; heard = _around.Clock.Time.GetTimestamp()) yield return new SweepEvent.Logged(Journal.Entries[next++]);
            foreach (var report in _leases.Since(ref reports))
            {
                yield return report;
                heard = _around.Clock.Time.GetTimestamp();
            }

            if (Ledger.HasEnded && next >= Journal.Next) yield break;
            if (!await Changes(changed, _around.Options.Idle - _around.Clock.Time.GetElapsedTime(heard), cancellation))
            {
                yield return new SweepEvent.Idle(next);
                heard = _around.Clock.Time.GetTimestamp();
            }

            Usable();
        }
    }

    private LogEntry[] Page(long from, int limit)
    {
        int first = (int)Math.Clamp(from, 0, Journal.Entries.Count);
        LogEntry[] page = new LogEntry[Math.Min(limit, Journal.Entries.Count - first)];
        for (int i = 0; i < page.Length; i++) page[i] = Journal.Entries[first + i];
        return page;
    }

    /// <returns>False when nothing changed for so long.</returns>
    private async Task<bool> Changes(Task changed, TimeSpan patience, CancellationToken cancellation)
    {
        if (patience <= TimeSpan.Zero) return false;
        try
        {
            await changed.WaitAsync(patience, _around.Clock.Time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
