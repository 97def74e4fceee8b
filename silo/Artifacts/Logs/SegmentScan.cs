using System.Collections.Concurrent;
using System.Text.Json;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The bytes of one segment: a head, then frames. Only what a crash cut short may end in half a frame.</summary>
internal sealed class SegmentScan
{
    private const int ReadAtOnce = 8192;
    private const int ReadByOne = 512;
    private const int ReadFirst = 256;
    private readonly List<(int Offset, int Length)> _lines = [];
    private readonly string _place;
    private readonly long _first;
    private readonly byte[] _bytes;

    private SegmentScan(string place, long first, byte[] bytes) => (_place, _first, _bytes) = (place, first, bytes);

    /// <summary>Whole records, as far as all records of their Append are there.</summary>
    public int Count => _lines.Count;

    /// <summary>Where the next frame goes; 0 while there is not even a head.</summary>
    public long End { get; private set; }

    /// <summary>The newest owner that a fence names; 0 when there is none.</summary>
    public long Fence { get; private set; }

    /// <summary>What is damaged, when that is not the end of the log; everything before <see cref="End"/> is intact.</summary>
    public LogCorruptException? Damage { get; private set; }

    /// <summary>Finds the frames of a segment.</summary>
    /// <param name="place">The file or blob, for messages.</param>
    /// <param name="first">The position of its first record.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="mayBeTorn">Whether half a frame at the end is what a crash leaves, and no damage.</param>
    /// <exception cref="InvalidInputException">A later version has written it.</exception>
    public static SegmentScan Of(string place, long first, byte[] bytes, bool mayBeTorn)
    {
        SegmentScan scan = new(place, first, bytes);
        if (scan.ScanHead(mayBeTorn)) scan.ScanFrames(mayBeTorn);
        return scan;
    }

    /// <summary>All records from a place on, some at a time: while the caller takes them in, the next ones are read, by all processors.</summary>
    /// <exception cref="LogCorruptException">There is damage; it is thrown behind the last record before it.</exception>
    public async IAsyncEnumerable<ArraySegment<LogEntry>> From(long index)
    {
        int start = (int)Math.Min(index, Count);
        // Whoever asks for a few records only does not wait for many.
        int next = Math.Min(ReadFirst, Count - start);
        var reading = Reading(start, next);
        while (next > 0)
        {
            var (entries, fault) = await reading;
            start += next;
            next = Math.Min(Math.Min(2 * next, ReadAtOnce), Count - start);
            if (fault is null) reading = Reading(start, next);
            yield return entries;
            if (fault is not null) throw fault;
        }

        if (Damage is not null) throw Damage;
    }

    private Task<(ArraySegment<LogEntry> Entries, LogCorruptException? Fault)> Reading(int start, int count) => Task.Run(() => Entries(start, count));

    private (ArraySegment<LogEntry> Entries, LogCorruptException? Fault) Entries(int start, int count)
    {
        LogEntry[] entries = new LogEntry[count];
        ConcurrentDictionary<int, LogCorruptException> faults = [];
        Parallel.ForEach(count == 0 ? [] : Partitioner.Create(0, count, ReadByOne).GetDynamicPartitions(), range =>
        {
            try
            {
                for (int i = range.Item1; i < range.Item2; i++) entries[i] = Entry(start + i);
            }
            catch (LogCorruptException error)
            {
                faults[range.Item1] = error;
            }
        });
        return faults.IsEmpty ? (entries, null) : (new(entries, 0, Array.IndexOf(entries, null)), faults[faults.Keys.Min()]);
    }

    private LogEntry Entry(int index)
    {
        (int offset, int length) = _lines[index];
        LogEntry? entry;
        try
        {
            entry = SweepJson.ReadEntry(_bytes.AsSpan(offset, length));
        }
        catch (JsonException error)
        {
            throw Corrupt(offset - LogFrame.HeadBytes, $"the record is not one that this version can read ({error.Message.TrimEnd('.')})");
        }

        if (entry?.Record is null || entry.Position != _first + index)
            throw Corrupt(offset - LogFrame.HeadBytes, Invariant($"here should be record {_first + index}, but it is '{entry?.Position}'"));
        return entry;
    }

    private bool ScanHead(bool mayBeTorn)
    {
        if (_bytes.AsSpan().StartsWith(SegmentHead.Of(_first)))
        {
            End = SegmentHead.Length;
            return true;
        }

        if (SegmentHead.VersionOf(_bytes) is { } version and not SegmentHead.Version)
        {
            throw new InvalidInputException(
                _place,
                Invariant($"the log has format version {version}, and this program reads version {SegmentHead.Version}"),
                "Use the version of the program that wrote it, or another --store.");
        }

        if (!mayBeTorn || AnyFrameAfter(0)) Damage = Corrupt(0, Invariant($"this is not the head of a log segment that starts with record {_first}"));
        return false;
    }

    private void ScanFrames(bool mayBeTorn)
    {
        var append = new List<(int, int)>();
        int offset = SegmentHead.Length;
        while (offset < _bytes.Length)
        {
            var reading = LogFrame.Read(_bytes.AsSpan(offset), out int length, out int following);
            if (reading is not (LogFrame.Reading.Whole or LogFrame.Reading.Fence))
            {
                Damage = DamageUnlessTorn(offset, reading, mayBeTorn);
                return;
            }

            int line = offset + LogFrame.HeadBytes;
            offset = line + length;
            if (reading == LogFrame.Reading.Fence) Fence = Math.Max(Fence, LogFrame.Owner(_bytes.AsSpan(line, length)));
            else append.Add((line, length));
            if (following > 0) continue;
            _lines.AddRange(append);
            append.Clear();
            End = offset;
        }

        if (append.Count > 0 && !mayBeTorn) Damage = Corrupt(End, "an append is not complete");
    }

    /// <summary>A crash leaves half a frame and nothing after it. Anything whole after it says that what is damaged had been finished.</summary>
    private LogCorruptException? DamageUnlessTorn(int offset, LogFrame.Reading reading, bool mayBeTorn)
    {
        string found = reading switch
        {
            LogFrame.Reading.Short => "the record is cut short",
            LogFrame.Reading.BadHead => "the head of the record is damaged",
            _ => "the record is damaged",
        };
        return !mayBeTorn || (reading != LogFrame.Reading.Short && AnyFrameAfter(offset + 1)) ? Corrupt(offset, found) : null;
    }

    private bool AnyFrameAfter(int offset)
    {
        for (; offset + LogFrame.HeadBytes <= _bytes.Length; offset++)
        {
            if (LogFrame.Read(_bytes.AsSpan(offset), out _, out _) == LogFrame.Reading.Whole) return true;
        }

        return false;
    }

    private LogCorruptException Corrupt(long offset, string found) => new(Invariant($"{_place}, byte {offset}"), found);
}
