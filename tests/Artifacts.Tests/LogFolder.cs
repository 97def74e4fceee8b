using Distributed.Sweeps;

namespace Distributed.Artifacts.Tests;

/// <summary>A log store in a folder of its own, with a look behind its back.</summary>
internal sealed class LogFolder(LogLimits? limits = null, Disk? disk = null) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static SweepId Sweep { get; } = new("demo");

    public DirectoryLayout Layout => new(_folder.Path);

    public DirectorySweepLogStore Store => new(Layout, TimeProvider.System, disk ?? Disk.Local, limits ?? new());

    public string Log => Layout.Log(Sweep);

    public string[] Segments => [.. Directory.EnumerateFiles(Log).Order(StringComparer.Ordinal)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    /// <summary>A record that carries a number.</summary>
    public static SweepRecord Note(int number) => new SweepRecord.Leased(new(number), 1, "host/0");

    /// <summary>Owns the log, appends each group of notes and leaves.</summary>
    public async Task Append(params int[][] groups)
    {
        await using var log = await Store.Own(Sweep, Cancellation);
        foreach (int[] group in groups) await log.Append([.. group.Select(Note)], Cancellation);
    }

    /// <summary>The notes as a reader sees them.</summary>
    public async Task<List<int>> Notes(long from = 0)
    {
        var notes = new List<int>();
        await foreach (var entry in Store.Read(Sweep, from, Cancellation)) notes.Add(((SweepRecord.Leased)entry.Record).Trial.Number);
        return notes;
    }

    /// <summary>Replaces the log by one segment with these bytes.</summary>
    public void Replace(ReadOnlySpan<byte> bytes)
    {
        if (Directory.Exists(Log)) Directory.Delete(Log, recursive: true);
        Directory.CreateDirectory(Log);
        File.WriteAllBytes(DirectoryLayout.Segment(Log, 0), bytes);
    }
}
