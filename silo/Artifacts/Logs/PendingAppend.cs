using System.Buffers;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>One call of Append on its way to the store.</summary>
/// <param name="records">What is appended.</param>
/// <param name="times">When each happened; null for the time of writing.</param>
internal sealed class PendingAppend(IReadOnlyList<SweepRecord> records, IReadOnlyList<DateTimeOffset>? times = null)
{
    private readonly SweepRecord[] _records = [.. records];

    /// <summary>Ends with the entries once they are durable.</summary>
    public TaskCompletionSource<IReadOnlyList<LogEntry>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The entries as written; empty before.</summary>
    public IReadOnlyList<LogEntry> Entries { get; private set; } = [];

    /// <summary>Whether they are durable.</summary>
    public bool IsWritten { get; set; }

    public int Count => _records.Length;

    /// <summary>Writes the frames for the given position and time.</summary>
    public void Encode(IBufferWriter<byte> bytes, long position, DateTimeOffset now)
    {
        Entries = [.. _records.Select((record, index) => new LogEntry(position + index, times?[index] ?? now, record))];
        for (int i = 0; i < _records.Length; i++) LogFrame.Write(bytes, Entries[i], _records.Length - 1 - i);
    }
}
