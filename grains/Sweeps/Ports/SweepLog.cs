namespace Distributed.Sweeps;

/// <summary>One record at its place in a sweep's log.</summary>
/// <param name="Position">0, 1, 2, …</param>
/// <param name="Time">When it was appended, by the writer's clock.</param>
/// <param name="Record">What happened.</param>
[GenerateSerializer, Immutable, Alias("log-entry.v1")]
public sealed record LogEntry(long Position, DateTimeOffset Time, SweepRecord Record);

/// <summary>The append-only logs of a store's sweeps.</summary>
public interface ISweepLogStore
{
    /// <summary>The sweeps that have a log, in ordinal order.</summary>
    Task<IReadOnlyList<SweepId>> List(CancellationToken cancellation = default);

    /// <summary>Reads a log without owning it; a record that is being written is not seen. Empty when there is none.</summary>
    IAsyncEnumerable<LogEntry> Read(SweepId sweep, long from = 0, CancellationToken cancellation = default);

    /// <summary>Takes a log over, creating it when there is none. Whoever owned it before can append nothing more.</summary>
    Task<ISweepLog> Own(SweepId sweep, CancellationToken cancellation = default);

    /// <summary>What the owner of a log has noted beside it; null when there is nothing, or it is damaged.</summary>
    Task<NotedLog?> ReadNote(SweepId sweep, CancellationToken cancellation = default);

    /// <summary>Removes a log that nobody owns, and what is noted beside it; nothing happens when there is none.</summary>
    Task Delete(SweepId sweep, CancellationToken cancellation = default);
}

/// <summary>A log that this writer owns. Appends may be made from any thread and are written in the order in which they were called.</summary>
public interface ISweepLog : IAsyncDisposable
{
    /// <summary>The position that the next record will have.</summary>
    long Next { get; }

    /// <summary>Appends records, all or none. Durable when the task ends. Appending none writes nothing and tells whether the log is still owned.</summary>
    /// <returns>The entries as written.</returns>
    /// <exception cref="LogFencedException">Another writer has taken the log over; nothing was appended.</exception>
    Task<IReadOnlyList<LogEntry>> Append(IReadOnlyList<SweepRecord> records, CancellationToken cancellation = default);

    /// <summary>
    /// Notes something beside the log, over what was noted before. Nothing is noted when the log does not end before <see cref="LogNote.Next"/>.
    /// A note need not survive a power cut, and one of an owner that was taken over from is never read as current.
    /// </summary>
    Task Note(LogNote note, CancellationToken cancellation = default);
}

/// <summary>What a log's records up to a place amount to, so that whoever asks only that need not read them. The log is the truth, and suffices.</summary>
/// <param name="Next">The position after the last record that it tells of.</param>
/// <param name="Text">What it tells; the store does not look at it.</param>
public sealed record LogNote(long Next, string Text);

/// <summary>A note as it was found.</summary>
/// <param name="Note">What was noted.</param>
/// <param name="IsCurrent">Whether the log is known to end where the note does. False says that it has to be read from there on.</param>
public sealed record NotedLog(LogNote Note, bool IsCurrent);

/// <summary>This writer no longer owns its log.</summary>
/// <param name="sweep">Whose log.</param>
public sealed class LogFencedException(SweepId sweep)
    : IOException($"Another writer has taken over the log of sweep '{sweep}'. This one stops; the other goes on.");

/// <summary>A log holds something that cannot be read, and more after it.</summary>
/// <param name="place">The file or blob and the offset.</param>
/// <param name="found">What is wrong there.</param>
public sealed class LogCorruptException(string place, string found)
    : IOException($"{place}: {found}. Everything before it is intact: restore it from a copy, or set the damaged part aside with 'sweep repair' and go on from there.");
