using System.Globalization;
using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Where everything of a container lies. The only place that knows.</summary>
/// <remarks>
/// <code>
/// artifacts/sweeps/demo/trials/7/e2/model.onnx        an artifact; its hash stands in the blob's metadata
/// logs/demo/manifest.json                             who owns the log and which segments it has, in their order
/// logs/demo/00000000000000000000-e1-3f….log           a segment: position of its first record, its owner's epoch, a random part
/// logs/demo/note.json                                 what its owner noted, see LogNote; may be missing or old
/// </code>
/// The service may drop a dot at the end of a segment of a name: it is followed by '~' there, which no artifact's name holds.
/// </remarks>
internal static class BlobNames
{
    public const string Artifacts = "artifacts/";
    public const string Logs = "logs/";
    private const string ManifestFile = "manifest.json";

    public static string Artifact(ArtifactName name)
    {
        string value = name.Value ?? throw new ArgumentException("The artifact has no name.", nameof(name));
        return Artifacts + string.Join('/', value.Split('/').Select(segment => segment.EndsWith('.') ? segment + '~' : segment));
    }

    public static ArtifactName Artifact(string blob) => new(blob[Artifacts.Length..].Replace("~", "", StringComparison.Ordinal));

    public static string Log(SweepId sweep) => $"{Logs}{Named(sweep)}/";

    public static string Manifest(SweepId sweep) => Log(sweep) + ManifestFile;

    public static string Note(SweepId sweep) => Log(sweep) + "note.json";

    /// <summary>Whether a blob of a log is one of its segments.</summary>
    public static bool IsSegment(string blob) => blob.EndsWith(".log", StringComparison.Ordinal);

    public static string Segment(SweepId sweep, long first, long epoch) =>
        Log(sweep) + string.Create(CultureInfo.InvariantCulture, $"{first:D20}-e{epoch}-{Guid.NewGuid():N}.log");

    /// <summary>The sweep whose manifest a blob is, or null.</summary>
    public static SweepId? OfManifest(string blob) =>
        blob.Split('/') is ["logs", var sweep, ManifestFile] ? new SweepId(sweep) : null;

    private static string Named(SweepId sweep) => sweep.Value ?? throw new ArgumentException("The sweep has no name.", nameof(sweep));
}
