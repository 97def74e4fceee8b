using System.Buffers;

namespace Distributed.Artifacts;

/// <summary>Appends that are written together: their frames, one behind the other.</summary>
internal sealed class AppendBatch
{
    private readonly ArraySegment<PendingAppend> _appends;
    private readonly ReadOnlyMemory<byte> _bytes;

    private AppendBatch(ArraySegment<PendingAppend> appends, ReadOnlyMemory<byte> bytes, int records) =>
        (_appends, _bytes, Records) = (appends, bytes, records);

    /// <summary>How many appends.</summary>
    public int Count => _appends.Count;

    /// <summary>How many records.</summary>
    public int Records { get; }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Encodes appends from a place in the queue on: the first one, and more while nothing is full.</summary>
    /// <param name="appends">The queue.</param>
    /// <param name="from">The first to take.</param>
    /// <param name="position">Of its first record.</param>
    /// <param name="now">The time that the records tell.</param>
    /// <param name="isFull">Whether no further append fits, from the records with it and the bytes before it.</param>
    /// <param name="start">What stands before the frames.</param>
    public static AppendBatch Of(
        IReadOnlyList<PendingAppend> appends, int from, long position, DateTimeOffset now, Func<int, long, bool> isFull, ReadOnlySpan<byte> start = default)
    {
        ArrayBufferWriter<byte> bytes = new(1024);
        bytes.Write(start);
        List<PendingAppend> taken = [];
        int records = 0;
        for (int i = from; i < appends.Count && (taken.Count == 0 || !isFull(records + appends[i].Count, bytes.WrittenCount)); i++)
        {
            appends[i].Encode(bytes, position + records, now);
            records += appends[i].Count;
            taken.Add(appends[i]);
        }

        return new(taken.ToArray(), bytes.WrittenMemory, records);
    }

    public void MarkWritten()
    {
        foreach (var append in _appends) append.IsWritten = true;
    }
}
