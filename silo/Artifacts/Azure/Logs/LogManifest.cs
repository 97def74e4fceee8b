using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>What the manifest of a log says.</summary>
internal sealed record LogManifest
{
    /// <summary>Of the form; an older program refuses a later one.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    /// <summary>How often the log changed hands.</summary>
    public long Epoch { get; init; }

    /// <summary>Who owns it, for people; null when its owner has left.</summary>
    public string? Owner { get; init; }

    /// <summary>Another for every writing, so that a writer whose answer was lost knows its own.</summary>
    public string Revision { get; init; } = "";

    /// <summary>In the order of their positions.</summary>
    public IReadOnlyList<SegmentBlob> Segments { get; init; } = [];

    /// <summary>Damaged segments that were set aside: nobody reads them, nobody removes them but with the log.</summary>
    public IReadOnlyList<string> Quarantined { get; init; } = [];

    /// <summary>A segment.</summary>
    /// <param name="First">The position of its first record.</param>
    /// <param name="Blob">Its name.</param>
    internal sealed record SegmentBlob(long First, string Blob);

    /// <summary>Reads the text of a manifest.</summary>
    /// <exception cref="LogCorruptException">It is none.</exception>
    /// <exception cref="InvalidInputException">A later version has written it.</exception>
    public static LogManifest Parse(string place, string text)
    {
        LogManifest manifest;
        try
        {
            manifest = SweepJson.Read<LogManifest>(text);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new LogCorruptException($"{place}, byte 0", $"the manifest is damaged ({error.Message.TrimEnd('.')})");
        }

        return manifest.Version == CurrentVersion ? manifest : throw new InvalidInputException(
            place,
            Invariant($"the log's manifest has version {manifest.Version}, and this program reads version {CurrentVersion}"),
            "Use the version of the program that wrote it, or another --store.");
    }
}
