using System.Runtime.CompilerServices;
using Distributed.Contracts;

namespace Distributed.Grains;

internal sealed partial class SweepGrain
{
    public Task<IReadOnlyList<LogEntry>> Read(long from, int limit)
    {
        Usable();
        IReadOnlyList<LogEntry> page = [.. Journal.Entries.Skip((int)Math.Clamp(from, 0, int.MaxValue)).Take(Math.Clamp(limit, 0, Batch))];
        return Task.FromResult(page);
    }

    public async IAsyncEnumerable<SweepEvent> Watch(long from, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Existing();
        int next = (int)Math.Clamp(from, 0, int.MaxValue);
        long reports = 0;
        while (true)
        {
            var changed = Journal.Changed;
            while (next < Journal.Entries.Count) yield return new SweepEvent.Logged(Journal.Entries[next++]);
            foreach (var report in _leases.Since(ref reports)) yield return report;
            if (Ledger.HasEnded && next >= Journal.Entries.Count) yield break;
            if (!await Changes(changed, cancellation)) yield return new SweepEvent.Idle(next);
            Usable();
        }
    }

    /// <returns>False when nothing changed for a while.</returns>
    private async Task<bool> Changes(Task changed, CancellationToken cancellation)
    {
        try
        {
            await changed.WaitAsync(_around.Options.Idle, _around.Clock.Time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
