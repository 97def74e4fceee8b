using System.Runtime.CompilerServices;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Logs as folders of segments. Any process may read; one at a time writes a log.</summary>
/// <remarks>
/// A log exists from its first record on. See <see cref="LogClaim"/> for who may own one.
/// A reader sees whole appends only; the newest of them may be on their way to the disk still.
/// </remarks>
internal sealed class DirectorySweepLogStore(DirectoryLayout layout, TimeProvider time, Disk disk, LogLimits limits) : ISweepLogStore
{
    public Task<IReadOnlyList<SweepId>> List(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<SweepId> sweeps = Directory.Exists(layout.Logs)
            ? [.. Directory.EnumerateDirectories(layout.Logs)
                .Where(folder => !Path.GetFileName(folder).StartsWith('.') && HasRecord(folder))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
                .Select(name => new SweepId(name!))]
            : [];
        return Task.FromResult(sweeps);
    }

    public async IAsyncEnumerable<LogEntry> Read(
        SweepId sweep, long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        var segments = await Task.Run(() => LogSegment.In(layout.Log(sweep)), cancellation);
        if (segments is [{ First: > 0 } start, ..]) throw start.Misplaced(0);
        for (int i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            long? following = i + 1 < segments.Count ? segments[i + 1].First : null;
            if (following <= from) continue;
            if (!await Task.Run(() => TryScan(segment, following is null), cancellation)) yield break;
            await foreach (var entries in segment.From(Math.Max(0, from - segment.First)))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var entry in entries) yield return entry;
            }

            if (following is not null && segment.First + segment.Count != following) throw segments[i + 1].Misplaced(segment.First + segment.Count);
        }
    }

    public async Task<ISweepLog> Own(SweepId sweep, CancellationToken cancellation = default)
    {
        var claim = LogClaim.Of(layout.LogLock(sweep));
        return await claim.Own(() => Take(sweep), Open, () => Refused(sweep), cancellation);

        GroupCommitLog Open() => new(sweep, LogEnd.Open(layout.Log(sweep), limits, disk), layout.Root, claim.Release, time);
    }

    public Task<NotedLog?> ReadNote(SweepId sweep, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            try
            {
                byte[] bytes = File.ReadAllBytes(DirectoryLayout.Note(layout.Log(sweep)));
                return StoredNote.Read(bytes, LogSegment.In(layout.Log(sweep)) is [.., var last] ? StoredNote.MarkOf(Path.GetFileName(last.Path), new FileInfo(last.Path).Length) : null);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        },
        cancellation);

    public Task Delete(SweepId sweep, CancellationToken cancellation = default) => Directory.Exists(layout.Log(sweep))
        ? LogClaim.Of(layout.LogLock(sweep))
            .WhileFree(() => Take(sweep), () => Remove(layout.Log(sweep)), () => Refused(sweep), cancellation)
        : Task.CompletedTask;

    /// <summary>See <see cref="OpenedStore.Quarantine"/>.</summary>
    public async Task<QuarantinedLog?> Quarantine(SweepId sweep, CancellationToken cancellation)
    {
        QuarantinedLog? found = null;
        if (Directory.Exists(layout.Log(sweep)))
        {
            await LogClaim.Of(layout.LogLock(sweep)).WhileFree(
                () => Take(sweep), () => found = LogQuarantine.SetAside(layout, sweep, disk), () => Refused(sweep), cancellation);
        }

        return found;
    }

    /// <summary>Removes what deletions left that were cut short.</summary>
    public void RemoveLeftovers()
    {
        if (!Directory.Exists(layout.Logs)) return;
        foreach (string folder in Directory.EnumerateDirectories(layout.Logs, DirectoryLayout.DeletedPrefix + "*"))
            Directory.Delete(folder, recursive: true);
    }

    private LockFile? Take(SweepId sweep) => LockFile.TryTake(layout.LogLock(sweep), time);

    private InvalidInputException Refused(SweepId sweep) => new(
        layout.Root,
        $"sweep '{sweep}' is being run by {LockFile.Holder(layout.LogLock(sweep))}",
        "Stop it there, or give this run a folder of its own with --store DIR.");

    /// <summary>A log goes all at once: under another name first.</summary>
    private void Remove(string folder)
    {
        if (!Directory.Exists(folder)) return;
        string gone = Path.Combine(layout.Logs, $"{DirectoryLayout.DeletedPrefix}{Guid.NewGuid():N}");
        Directory.Move(folder, gone);
        disk.FlushFolder(layout.Logs);
        Directory.Delete(gone, recursive: true);
    }

    /// <returns>False when the log was deleted meanwhile.</returns>
    private static bool TryScan(LogSegment segment, bool last)
    {
        try
        {
            // A writer may just have cut off a torn end and written over it; what is damaged stays so.
            if (segment.Look(last) is not null && last) segment.Look(last);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    private static bool HasRecord(string folder) =>
        LogSegment.In(folder).Any(segment => new FileInfo(segment.Path) is { Exists: true, Length: > SegmentHead.Length });
}
