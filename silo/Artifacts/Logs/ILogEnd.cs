using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Where a log is continued. Called by one writer at a time.</summary>
internal interface ILogEnd : IAsyncDisposable
{
    /// <summary>The position after the last durable record.</summary>
    long Next { get; }

    /// <summary>Makes sure that nobody has taken the log over: for appends of nothing, which no write would tell.</summary>
    /// <exception cref="LogFencedException">Another writer has.</exception>
    Task Confirm();

    /// <summary>Notes something of the whole log, if it has a record.</summary>
    Task Note(LogNote note);

    /// <summary>Writes appends in their order, each of at least one record, with as few writes as possible. Marks those that are durable, also when it fails.</summary>
    Task Append(IReadOnlyList<PendingAppend> appends, DateTimeOffset now);
}
