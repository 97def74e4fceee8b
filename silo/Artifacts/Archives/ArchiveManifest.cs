using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The first entry of an archive: what is in it, and what proves that it is the same.</summary>
internal sealed record ArchiveManifest
{
    /// <summary>Of the form; an older program refuses a later one. Without pushed content an archive is written as version 1, so that it can be read by all.</summary>
    public const int CurrentVersion = 2;

    /// <summary>The manifest's own name.</summary>
    public const string File = "sweep.json";

    /// <summary>The log: one entry a line. The last entry of the archive, so that a sweep is there only when all its files are.</summary>
    public const string LogFile = "log.jsonl";

    /// <summary>How the names of artifacts start.</summary>
    public const string Artifacts = "artifacts/";

    public int Version { get; init; }

    public required SweepId Sweep { get; init; }

    /// <summary>How many records the log has.</summary>
    public required long Records { get; init; }

    /// <summary>Of the log's bytes, lower-case hexadecimal.</summary>
    public required string LogSha256 { get; init; }

    /// <summary>In the order of the entries.</summary>
    public required IReadOnlyList<ArtifactRef> Files { get; init; }
}
