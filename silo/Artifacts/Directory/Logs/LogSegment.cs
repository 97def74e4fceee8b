using System.Globalization;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>One file of a log. Only the last segment of a log may end in half a frame.</summary>
/// <param name="path">The file.</param>
/// <param name="first">The position of its first record.</param>
internal sealed class LogSegment(string path, long first)
{
    public const int RecordsLimit = 10_000;
    private SegmentScan? _scan;

    public string Path => path;

    public long First => first;

    /// <summary>Whole records, as far as all records of their Append are there.</summary>
    public int Count => _scan?.Count ?? 0;

    /// <summary>Where the next frame goes; 0 while there is not even a head.</summary>
    public long End => _scan?.End ?? 0;

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
        if (Look(last) is { } damage) throw damage;
    }

    /// <summary>The same, but tells the damage; what stands before it is counted.</summary>
    public LogCorruptException? Look(bool last)
    {
        _scan = SegmentScan.Of(Path, First, ReadAll(), last);
        return _scan.Damage;
    }

    /// <summary>The records from a place in this segment on; throws the damage behind the last one before it.</summary>
    public IAsyncEnumerable<ArraySegment<LogEntry>> From(long index) => (_scan ?? throw new InvalidOperationException("The segment was not scanned.")).From(index);

    /// <summary>This segment does not start where the one before it ends.</summary>
    public LogCorruptException Misplaced(long expected) => new(
        Invariant($"{Path}, byte 0"),
        Invariant($"the segment starts with record {First}, and record {expected} should come next; a segment is missing or cut"));

    private static long? Position(string file) =>
        long.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out long first)
            ? first : null;

    private byte[] ReadAll()
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[checked((int)RandomAccess.GetLength(file))];
        int read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), read) is > 0 and int count) read += count;
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
