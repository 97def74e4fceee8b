using System.Buffers;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The end of a log in a container, as one owner sees it.</summary>
/// <remarks>
/// <b>Taking over.</b> (1) The manifest gets the next epoch, over the version that was read: from then on the owner before can begin no
/// segment. (2) The last segment is read and a fence with that epoch is appended exactly behind what was read: from then on every append of
/// the owner before fails, because it expects the place where the fence stands. What it had been told is written was read in (2).
/// Whoever finds a later epoch's fence there has itself been taken over from.
/// <b>Appending.</b> A block of whole appends goes to the place where the last one ended, or nowhere. When the answer is lost the block is
/// sent again; the refusal is then resolved by reading what stands at the place.
/// </remarks>
internal sealed class AzureLogEnd : ILogEnd
{
    private const long SegmentBytesLimit = 1 << 26;
    private readonly AzureContainer _container;
    private readonly SweepId _sweep;
    private readonly LogLimits _limits;
    private readonly ManifestBlob _file;
    private ManifestBlob.Version _manifest;
    private SegmentAppends? _segment;
    private long _first;
    private long _end;
    private int _blocks;
    private bool _fenced;
    private bool _broken;

    private AzureLogEnd(AzureContainer container, SweepId sweep, LogLimits limits, ManifestBlob file, ManifestBlob.Version manifest) =>
        (_container, _sweep, _limits, _file, _manifest) = (container, sweep, limits, file, manifest);

    public long Next { get; private set; }

    /// <summary>Takes a log over.</summary>
    /// <exception cref="LogCorruptException">Its last segment or its manifest is damaged.</exception>
    public static async Task<AzureLogEnd> TakeOver(
        AzureContainer container, SweepId sweep, string owner, LogLimits limits, CancellationToken cancellation)
    {
        ManifestBlob file = new(container, sweep);
        ManifestBlob.Version? claimed = null;
        while (claimed is null)
        {
            var (manifest, tag, _) = await file.Read(cancellation);
            claimed = await file.TryWrite(manifest with { Epoch = manifest.Epoch + 1, Owner = owner }, tag, cancellation);
        }

        AzureLogEnd end = new(container, sweep, limits, file, claimed);
        try
        {
            if (claimed.Manifest.Segments is [.., var last]) await end.Fence(last, new(claimed.Manifest.Epoch, owner), cancellation);
            return end;
        }
        catch
        {
            await end.DisposeAsync();
            throw;
        }
    }

    public async Task Confirm()
    {
        if (_fenced || (await _file.Read(CancellationToken.None)).Manifest.Revision != _manifest.Manifest.Revision) throw Fenced();
    }

    /// <remarks>
    /// Asked once: nothing waits for a note. An owner that was taken over from may still write one; the fence that stands where its records
    /// end makes the mark another than the log's.
    /// </remarks>
    public async Task Note(LogNote note)
    {
        if (_fenced) throw new LogFencedException(_sweep);
        if (_broken || _segment is null) return;
        BinaryData bytes = new(StoredNote.Write(note, StoredNote.MarkOf(_segment.Name, _end)));
        await _container.AskOnce(token => _container.Client.GetBlobClient(BlobNames.Note(_sweep)).UploadAsync(bytes, overwrite: true, token), CancellationToken.None);
    }

    public async Task Append(IReadOnlyList<PendingAppend> appends, DateTimeOffset now)
    {
        for (int done = 0; done < appends.Count;)
        {
            if (_fenced) throw new LogFencedException(_sweep);
            if (_broken)
                throw new StoreUnavailableException(_container.Place, $"it did not answer to an append, so what the log of '{_sweep}' holds has to be read anew");
            if (_segment is null || IsFull(Next - _first + appends[done].Count)) await Roll();
            done += await AppendToSegment(_segment!, appends, done, now);
        }
    }

    /// <summary>Tells others that nobody owns the log, if that can be told.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_fenced || _broken) return;
        _fenced = true;
        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(5), _container.Time);
            await _file.TryWrite(_manifest.Manifest with { Owner = null }, _manifest.Tag, limit.Token);
        }
        catch (Exception error) when (error is IOException or InvalidInputException or OperationCanceledException)
        {
            // The next owner takes over as from one that died.
        }
    }

    private async Task Fence(LogManifest.SegmentBlob last, LogOwner owner, CancellationToken cancellation)
    {
        SegmentAppends segment = new(_container, last.Blob);
        while (true)
        {
            byte[] bytes = await segment.Read(cancellation) ?? throw new LogCorruptException($"{segment.Place}, byte 0", "the segment is missing");
            var scan = bytes.Length == 0 ? null : SegmentScan.Of(segment.Place, last.First, bytes, mayBeTorn: false);
            if (scan?.Damage is { } damage) throw damage;
            (_segment, _first, _end, Next) = (segment, last.First, bytes.Length, last.First + (scan?.Count ?? 0));
            _fenced = scan?.Fence > owner.Epoch;
            if (_fenced || scan?.Fence == owner.Epoch) return;
            ArrayBufferWriter<byte> fence = new();
            if (scan is null) fence.Write(SegmentHead.Of(last.First));
            LogFrame.WriteFence(fence, owner);
            if (await segment.TryAppend(fence.WrittenMemory, _end, cancellation) is not { } blocks) continue;
            (_end, _blocks) = (_end + fence.WrittenCount, blocks);
            return;
        }
    }

    private async Task<int> AppendToSegment(SegmentAppends segment, IReadOnlyList<PendingAppend> appends, int from, DateTimeOffset now)
    {
        long held = Next - _first;
        byte[] head = _end == 0 ? SegmentHead.Of(_first) : [];
        var batch = AppendBatch.Of(
            appends, from, Next, now, (records, bytes) => held + records > _limits.SegmentRecords || bytes >= _limits.BatchBytes, head);
        int blocks = await Or(segment.TryAppend(batch.Bytes, _end, CancellationToken.None)) ?? throw Fenced();
        (_end, _blocks, Next) = (_end + batch.Bytes.Length, Math.Max(blocks, _blocks + 1), Next + batch.Records);
        batch.MarkWritten();
        return batch.Count;
    }

    private bool IsFull(long records) =>
        Next > _first && (records > _limits.SegmentRecords || _blocks >= LogSegment.RecordsLimit || _end > SegmentBytesLimit);

    private async Task Roll()
    {
        SegmentAppends next = new(_container, BlobNames.Segment(_sweep, Next, _manifest.Manifest.Epoch));
        var manifest = _manifest.Manifest with { Segments = [.. _manifest.Manifest.Segments, new(Next, next.Name)] };
        _manifest = await Or(Begin()) ?? throw Fenced();
        (_segment, _first, _end, _blocks) = (next, Next, 0, 0);

        async Task<ManifestBlob.Version?> Begin()
        {
            await next.Create(CancellationToken.None);
            return await _file.TryWrite(manifest, _manifest.Tag, CancellationToken.None);
        }
    }

    /// <summary>After an error nobody knows what arrived: nothing more is written until the log is taken over anew.</summary>
    private async Task<T> Or<T>(Task<T> call)
    {
        _broken = true;
        var result = await call;
        _broken = false;
        return result;
    }

    private LogFencedException Fenced()
    {
        _fenced = true;
        return new(_sweep);
    }
}
