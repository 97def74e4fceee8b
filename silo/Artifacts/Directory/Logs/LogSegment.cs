using System.Globalization;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>One file of a log: a head, then frames. Only the last segment of a log may end in half a frame.</summary>
/// <param name="path">The file.</param>
/// <param name="first">The position of its first record.</param>
internal sealed class LogSegment(string path, long first)
{
    public const int RecordsLimit = 10_000;
    private readonly List<(int Offset, int Length)> _lines = [];

    public string Path => path;

    public long First => first;

    /// <summary>Whole records, as far as all records of their Append are there.</summary>
    public int Count => _lines.Count;

    /// <summary>Where the next frame goes; 0 while there is not even a head.</summary>
    public long End { get; private set; }

    /// <summary>Bytes that <see cref="Scan"/> looked at, the torn ones too.</summary>
    public byte[] Bytes { get; private set; } = [];

    /// <summary>The segments of a log's folder in the order of their positions.</summary>
    public static IReadOnlyList<LogSegment> In(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*" + DirectoryLayout.SegmentExtension)
            .Where(file => Position(file) is not null)
            .Select(file => new LogSegment(file, Position(file)!.Value))
            .OrderBy(segment => segment.First)]
        : [];

    /// <summary>Reads the file and finds its frames.</summary>
    /// <param name="last">Whether it is the log's last segment, whose end may be torn.</param>
    /// <exception cref="LogCorruptException">Something in it is damaged, and it is not the end of the log.</exception>
    public void Scan(bool last)
    {
        Bytes = ReadAll();
        _lines.Clear();
        End = 0;
        if (!ScanHead(last)) return;
        var append = new List<(int, int)>();
        int offset = SegmentHead.Length;
        while (offset < Bytes.Length)
        {
            var reading = LogFrame.Read(Bytes.AsSpan(offset), out int length, out int following);
            if (reading != LogFrame.Reading.Whole)
            {
                RefuseUnlessTorn(offset, reading, last);
                return;
            }

            append.Add((offset + LogFrame.HeadBytes, length));
            offset += LogFrame.HeadBytes + length;
            if (following > 0) continue;
            _lines.AddRange(append);
            append.Clear();
            End = offset;
        }

        if (append.Count > 0 && !last) throw Corrupt(End, "an append is not complete");
    }

    /// <summary>The record at a place in this segment.</summary>
    public LogEntry Entry(int index)
    {
        (int offset, int length) = _lines[index];
        LogEntry? entry;
        try
        {
            entry = JsonSerializer.Deserialize<LogEntry>(Bytes.AsSpan(offset, length), SweepJson.Options);
        }
        catch (JsonException error)
        {
            throw Corrupt(offset - LogFrame.HeadBytes, $"the record is not one that this version can read ({error.Message.TrimEnd('.')})");
        }

        if (entry?.Record is null || entry.Position != First + index)
            throw Corrupt(offset - LogFrame.HeadBytes, Invariant($"here should be record {First + index}, but it is '{entry?.Position}'"));
        return entry;
    }

    public LogCorruptException Corrupt(long offset, string found) => new(Invariant($"{Path}, byte {offset}"), found);

    /// <summary>This segment does not start where the one before it ends.</summary>
    public LogCorruptException Misplaced(long expected) =>
        Corrupt(0, Invariant($"the segment starts with record {First}, and record {expected} should come next; a segment is missing or cut"));

    private static long? Position(string file) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            ? first : null;

    private bool ScanHead(bool last)
    {
        if (Bytes.AsSpan().StartsWith(SegmentHead.Of(First)))
        {
            End = SegmentHead.Length;
            return true;
        }

        if (SegmentHead.VersionOf(Bytes) is { } version and not SegmentHead.Version)
        {
            throw new InvalidInputException(
                Path,
                Invariant($"the log has format version {version}, and this program reads version {SegmentHead.Version}"),
                "Use the version of the program that wrote it, or another --store.");
        }

        if (last && !AnyFrameAfter(0)) return false;
        throw Corrupt(0, Invariant($"this is not the head of a log segment that starts with record {First}"));
    }

    /// <summary>A crash leaves half a frame and nothing after it. Anything whole after it says that what is damaged had been finished.</summary>
    private void RefuseUnlessTorn(int offset, LogFrame.Reading reading, bool last)
    {
        string found = reading switch
        {
            LogFrame.Reading.Short => "the record is cut short",
            LogFrame.Reading.BadHead => "the head of the record is damaged",
            _ => "the record is damaged",
        };
        if (!last || (reading != LogFrame.Reading.Short && AnyFrameAfter(offset + 1))) throw Corrupt(offset, found);
    }

    private bool AnyFrameAfter(int offset)
    {
        for (; offset + LogFrame.HeadBytes <= Bytes.Length; offset++)
        {
            if (LogFrame.Read(Bytes.AsSpan(offset), out _, out _) == LogFrame.Reading.Whole) return true;
        }

        return false;
    }

    private byte[] ReadAll()
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[checked((int)RandomAccess.GetLength(file))];
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and int count) read += count;
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
