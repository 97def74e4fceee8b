using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Where a log is continued: its last segment, and the next one when that is full.</summary>
/// <remarks>Not thread safe. An Append never spans two segments.</remarks>
internal sealed class LogEnd : ILogEnd
{
    private const long SegmentBytesLimit = 1 << 28;
    private readonly LogLimits _limits;
    private readonly string _folder;
    private readonly Disk _disk;
    private SegmentWriter? _segment;

    private LogEnd(string folder, SegmentWriter? segment, long next, LogLimits limits, Disk disk) =>
        (_folder, _segment, Next, _limits, _disk) = (folder, segment, next, limits, disk);

    /// <summary>The position after the last durable record.</summary>
    public long Next { get; private set; }

    /// <summary>Checks a whole log and goes to its end. Nothing is created before the first record.</summary>
    /// <exception cref="LogCorruptException">Something in it is damaged, and it is not a torn end.</exception>
    public static LogEnd Open(string folder, LogLimits limits, Disk disk)
    {
        var segments = LogSegment.In(folder);
        long next = 0;
        foreach (var segment in segments)
        {
            if (segment.First != next) throw segment.Misplaced(next);
            segment.Scan(last: ReferenceEquals(segment, segments[^1]));
            next += segment.Count;
        }

        return new(folder, segments.Count == 0 ? null : SegmentWriter.Resume(segments[^1], disk), next, limits, disk);
    }

    /// <remarks>Whoever takes a log over in a directory has fenced the writer before itself.</remarks>
    public Task Confirm() => Task.CompletedTask;

    /// <remarks>Not flushed: a note that a power cut leaves empty or in parts is none.</remarks>
    public async Task Note(LogNote note)
    {
        if (_segment is null) return;
        string half = DirectoryLayout.Temporary(_folder);
        try
        {
            await File.WriteAllBytesAsync(half, StoredNote.Write(note, StoredNote.MarkOf(Path.GetFileName(_segment.Path), _segment.Bytes)));
            File.Move(half, DirectoryLayout.Note(_folder), overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }

    public Task Append(IReadOnlyList<PendingAppend> appends, DateTimeOffset now)
    {
        for (int done = 0; done < appends.Count;)
        {
            if (_segment is null || IsFull(_segment, appends[done].Count)) Roll();
            done += AppendToSegment(_segment!, appends, done, now);
        }

        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _segment?.Dispose();
        return ValueTask.CompletedTask;
    }

    private int AppendToSegment(SegmentWriter segment, IReadOnlyList<PendingAppend> appends, int from, DateTimeOffset now)
    {
        var batch = AppendBatch.Of(appends, from, Next, now, IsEnough);
        segment.Append(batch.Bytes.Span, batch.Records);
        Next += batch.Records;
        batch.MarkWritten();
        return batch.Count;

        bool IsEnough(int records, long bytes) => segment.Count + records > _limits.SegmentRecords || bytes >= _limits.BatchBytes;
    }

    private bool IsFull(SegmentWriter segment, int more) =>
        segment.Count > 0 && (segment.Count + more > _limits.SegmentRecords || segment.Bytes > SegmentBytesLimit);

    private void Roll()
    {
        var next = SegmentWriter.Create(_folder, Next, _disk);
        _segment?.Dispose();
        _segment = next;
    }
}
