using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>Where everything of a directory store lies. The only place that knows.</summary>
/// <remarks>
/// <code>
/// ROOT/
///   artifacts/sweeps/demo/trials/7/e2/model.onnx     an artifact: its name is its path
///   artifacts/sweeps/demo/trials/7/e2/.model.onnx.sha256   its hash, with the length and time of the file that it is of
///   artifacts/sweeps/demo/trials/7/e2/.3f….part       being written, or left by a writer that died
///   logs/demo/00000000000000000000.log               a segment of a sweep's log, named by the position of its first record
///   logs/demo/note.json                              what its owner noted, see LogNote; may be missing or old
///   logs/.deleted-…                                  a log on its way out
///   logs/.quarantined-demo-…                         damaged segments that were set aside
///   locks/store.lock, locks/sweep-demo.lock          held by the process that runs sweeps here, that writes the log of "demo"
///   locks/store.owner, locks/sweep-demo.owner        who that is, for the message to others
/// </code>
/// Names of artifacts and sweeps never start with a dot, so files that do are ours. Lock files are never deleted: a lock on a file that
/// another process has unlinked would protect nothing.
/// </remarks>
internal sealed class DirectoryLayout(string root)
{
    public const string TemporaryExtension = ".part";
    public const string SegmentExtension = ".log";
    public const string DeletedPrefix = ".deleted-";
    public const string QuarantinedPrefix = ".quarantined-";

    public string Root { get; } = Path.GetFullPath(root);

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Logs => Path.Combine(Root, "logs");

    public string Locks => Path.Combine(Root, "locks");

    public string StoreLock => Path.Combine(Locks, "store.lock");

    public string Artifact(ArtifactName name) => Path.Combine([Artifacts, .. Named(name).Split('/')]);

    public static string HashNote(string artifactPath) =>
        Path.Combine(Path.GetDirectoryName(artifactPath)!, $".{Path.GetFileName(artifactPath)}.sha256");

    public static string Temporary(string folder) => Path.Combine(folder, $".{Guid.NewGuid():N}{TemporaryExtension}");

    public string Log(SweepId sweep) => Path.Combine(Logs, sweep.Value);

    public string LogLock(SweepId sweep) => Path.Combine(Locks, $"sweep-{sweep}.lock");

    public static string Segment(string folder, long first) => Path.Combine(folder, Invariant($"{first:D20}{SegmentExtension}"));

    public static string Note(string folder) => Path.Combine(folder, "note.json");

    private static string Named(ArtifactName name) => name.Value ?? throw new ArgumentException("The artifact has no name.", nameof(name));
}
