using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Logs as append blobs of a container. Any process may read; the newest owner of a log writes it, see <see cref="AzureLogEnd"/>.</summary>
/// <remarks>A log exists from its first record on. A reader sees whole appends only, all of them durable.</remarks>
internal sealed class AzureSweepLogStore(AzureContainer container, LogLimits limits) : ISweepLogStore
{
    private const int ListedAtOnce = 8;
    private const int SmallBytes = 1 << 16;

    /// <summary>After so long without a record an owner that has not left counts as dead.</summary>
    private static readonly TimeSpan Dead = TimeSpan.FromMinutes(10);

    public async Task<IReadOnlyList<SweepId>> List(CancellationToken cancellation = default)
    {
        var blobs = await Blobs(BlobNames.Logs, cancellation);
        List<SweepId> found = [];
        Lock gate = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = ListedAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(blobs.Keys.Select(BlobNames.OfManifest).OfType<SweepId>(), options, async (sweep, token) =>
        {
            if (!await HasRecord(sweep, blobs, token)) return;
            lock (gate) found.Add(sweep);
        });
        return [.. found.OrderBy(sweep => sweep.Value, StringComparer.Ordinal)];
    }

    public async IAsyncEnumerable<LogEntry> Read(
        SweepId sweep, long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ManifestBlob file = new(container, sweep);
        var segments = (await file.Read(cancellation)).Manifest.Segments;
        for (int i = 0; i < segments.Count; i++)
        {
            var (first, blob) = segments[i];
            long? following = i + 1 < segments.Count ? segments[i + 1].First : null;
            if (following <= from) continue;
            SegmentAppends segment = new(container, blob);
            byte[]? bytes = await segment.Read(cancellation);
            if (bytes is null && (await file.Read(cancellation)).Manifest.Segments.All(listed => listed.Blob != blob)) yield break;
            var scan = bytes is { Length: > 0 } ? SegmentScan.Of(segment.Place, first, bytes, mayBeTorn: false) : null;
            await foreach (var entries in scan?.From(Math.Max(0, from - first)) ?? AsyncEnumerable.Empty<ArraySegment<LogEntry>>())
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var entry in entries) yield return entry;
            }

            if (bytes is null || (following is not null && first + (scan?.Count ?? 0) != following)) throw Gap(segment, first + (scan?.Count ?? 0));
        }
    }

    public async Task<ISweepLog> Own(SweepId sweep, CancellationToken cancellation = default)
    {
        string since = container.Time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        string owner = Invariant($"process {Environment.ProcessId} on {Environment.MachineName}, since {since}");
        var end = await AzureLogEnd.TakeOver(container, sweep, owner, limits, cancellation);
        return new GroupCommitLog(sweep, end, container.Place, _ => Task.CompletedTask, container.Time);
    }

    /// <remarks>The note first: what is appended after it was read makes the mark another.</remarks>
    public async Task<NotedLog?> ReadNote(SweepId sweep, CancellationToken cancellation = default)
    {
        try
        {
            BlobDownloadResult content = await container.AskForLog(token => container.Client.GetBlobClient(BlobNames.Note(sweep)).DownloadContentAsync(token), cancellation);
            var last = (await Blobs(BlobNames.Log(sweep), cancellation)).Where(blob => BlobNames.IsSegment(blob.Key)).MaxBy(blob => blob.Key, StringComparer.Ordinal);
            return StoredNote.Read(content.Content, last.Key is null ? null : StoredNote.MarkOf(last.Key, last.Value.Bytes));
        }
        catch (RequestFailedException error) when (error.Status == 404)
        {
            return null;
        }
    }

    public async Task Delete(SweepId sweep, CancellationToken cancellation = default)
    {
        ManifestBlob file = new(container, sweep);
        var (manifest, tag, written) = await file.Read(cancellation);
        // Without a segment there is no log yet, though somebody may own it.
        if (tag is null || manifest is { Segments.Count: 0, Owner: not null }) return;
        var blobs = await Blobs(BlobNames.Log(sweep), cancellation);
        RefuseOwned(sweep, manifest, written, blobs);
        LogManifest emptied = new() { Epoch = manifest.Epoch + 1 };
        if (await file.TryWrite(emptied, tag, cancellation) is not { Tag: { } now }) throw Refused(sweep, "a process that has just taken it over");
        foreach (string name in blobs.Keys.Where(name => name != BlobNames.Manifest(sweep)))
            await container.AskForLog(token => container.Client.DeleteBlobIfExistsAsync(name, cancellationToken: token), cancellation);
        await file.Delete(now, cancellation);
    }

    /// <summary>See <see cref="OpenedStore.Quarantine"/>.</summary>
    public async Task<QuarantinedLog?> Quarantine(SweepId sweep, CancellationToken cancellation)
    {
        ManifestBlob file = new(container, sweep);
        var (manifest, tag, written) = await file.Read(cancellation);
        if (tag is null || await new BlobQuarantine(container, sweep, cancellation).Without(manifest) is not { } found) return null;
        RefuseOwned(sweep, manifest, written, await Blobs(BlobNames.Log(sweep), cancellation));
        // It may tell of what is set aside.
        await container.AskForLog(token => container.Client.DeleteBlobIfExistsAsync(BlobNames.Note(sweep), cancellationToken: token), cancellation);
        LogManifest next = found.Manifest with { Epoch = manifest.Epoch + 1, Owner = null };
        return await file.TryWrite(next, tag, cancellation) is not null ? found.Told : throw Refused(sweep, "a process that has just taken it over");
    }

    private void RefuseOwned(SweepId sweep, LogManifest manifest, DateTimeOffset written, Dictionary<string, Blob> blobs)
    {
        var last = blobs.Values.Select(blob => blob.Written).Append(written).Max();
        if (manifest.Owner is { } owner && container.Time.GetUtcNow() - last < Dead) throw Refused(sweep, owner);
    }

    private async Task<bool> HasRecord(SweepId sweep, Dictionary<string, Blob> blobs, CancellationToken cancellation)
    {
        var segments = (await new ManifestBlob(container, sweep).Read(cancellation)).Manifest.Segments;
        if (segments.Count != 1) return segments.Count > 1;
        var (first, name) = segments[0];
        if (blobs.TryGetValue(name, out var blob) && blob.Bytes > SmallBytes) return true;
        SegmentAppends segment = new(container, name);
        return await segment.Read(cancellation) is { Length: > 0 } bytes && SegmentScan.Of(segment.Place, first, bytes, mayBeTorn: false).Count > 0;
    }

    private Task<Dictionary<string, Blob>> Blobs(string prefix, CancellationToken cancellation) => container.AskForLog(
        async token =>
        {
            Dictionary<string, Blob> blobs = new(StringComparer.Ordinal);
            await foreach (var blob in container.Client.GetBlobsAsync(new() { Prefix = prefix }, token))
                blobs[blob.Name] = new(blob.Properties.ContentLength ?? 0, blob.Properties.LastModified ?? default);
            return blobs;
        },
        cancellation);

    private static LogCorruptException Gap(SegmentAppends segment, long next) => new(
        $"{segment.Place}, byte 0", Invariant($"the segment should hold record {next} and does not; it is missing or cut"));

    private InvalidInputException Refused(SweepId sweep, string owner) => new(
        container.Place,
        $"sweep '{sweep}' is being run by {owner}",
        Invariant($"Stop it there; if that process is gone, {Dead.TotalMinutes:0} minutes after its last record will do."));

    private readonly record struct Blob(long Bytes, DateTimeOffset Written);
}
