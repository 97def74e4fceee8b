namespace Distributed.Client.Sessions;

/// <summary>A sweep's records as they lie in the store's folder: read there, a long log costs neither the silo nor the wire anything.</summary>
/// <param name="logs">The logs of a folder on this machine.</param>
internal sealed class RecordedLog(ISweepLogStore logs)
{
    /// <summary>As many at the end are given up where the last one is not durable yet.</summary>
    private const int Tail = 500;

    /// <summary>The records from a position on, durable ones only; none where the silo has to be asked.</summary>
    /// <param name="sweep">Whose.</param>
    /// <param name="from">The first position.</param>
    /// <param name="isDurable">Tells of a position whether its record is: what is written may not be yet, and must not be seen before.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<IReadOnlyList<LogEntry>> Read(SweepId sweep, long from, Func<long, Task<bool>> isDurable, CancellationToken cancellation)
    {
        List<LogEntry> entries = [];
        try
        {
            await foreach (var entry in logs.Read(sweep, from, cancellation)) entries.Add(entry);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The silo tells what is wrong with it.
            return [];
        }

        foreach (int sure in (int[])[entries.Count, entries.Count - Tail])
        {
            if (sure > 0 && await isDurable(entries[sure - 1].Position)) return entries.GetRange(0, sure);
        }

        return [];
    }
}
