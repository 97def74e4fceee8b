using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>A folder that holds artifacts and sweep logs.</summary>
/// <remarks>Cheap to make: any process may have one, also several on the same folder. Safe from any thread.</remarks>
public sealed class DirectoryStore
{
    private const int LeastRoomBytes = 1 << 16;
    private readonly DirectoryLayout _layout;
    private readonly DirectorySweepLogStore _logs;
    private readonly TimeProvider _time;

    private DirectoryStore(DirectoryLayout layout, TimeProvider time)
    {
        (_layout, _time) = (layout, time);
        _logs = new(layout, time, Disk.Local, new());
        Artifacts = new DirectoryArtifactStore(layout, Disk.Local);
    }

    /// <summary>The folder, absolute.</summary>
    public string Root => _layout.Root;

    /// <summary>The artifacts.</summary>
    public IArtifactStore Artifacts { get; }

    /// <summary>The sweeps' logs.</summary>
    /// <remarks>Owning a log that another living process owns fails with <see cref="InvalidInputException"/>, which names that process.</remarks>
    public ISweepLogStore Logs => _logs;

    /// <summary>A store to write to; its folder is made if need be.</summary>
    /// <exception cref="InvalidInputException">The folder cannot be made or written.</exception>
    public static DirectoryStore Create(string root, TimeProvider time)
    {
        var layout = new DirectoryLayout(root);
        if (File.Exists(layout.Root)) throw IsFile(layout.Root);
        try
        {
            Directory.CreateDirectory(layout.Locks);
            using var probe = TemporaryFile.Create(layout.Locks, Disk.Local);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw new StoreFullException(layout.Root, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(
                layout.Root,
                $"the store's folder cannot be written ({error.Message.TrimEnd('.')})",
                "Give another folder with --store DIR.",
                error);
        }

        return new(layout, time);
    }

    /// <summary>A store that is there already, to read from; nothing is made.</summary>
    /// <exception cref="InvalidInputException">There is none.</exception>
    public static DirectoryStore Existing(string root, TimeProvider time)
    {
        var layout = new DirectoryLayout(root);
        if (File.Exists(layout.Root)) throw IsFile(layout.Root);
        // One that silos have opened and nothing was written to yet has a folder of locks.
        if (!Directory.Exists(layout.Logs) && !Directory.Exists(layout.Artifacts) && !Directory.Exists(layout.Locks))
        {
            throw new InvalidInputException(
                layout.Root, "there is no store in this folder", "Run a sweep first, or give its folder with --store DIR.");
        }

        return new(layout, time);
    }

    /// <summary>Takes the right to run sweeps here, and removes what writers that died have left half written.</summary>
    /// <exception cref="InvalidInputException">Another process has it; the message names that process.</exception>
    public DirectoryStoreLock Lock()
    {
        var held = DirectoryStoreLock.Take(_layout, _time);
        TemporaryFile.RemoveLeftovers(_layout.Artifacts);
        _logs.RemoveLeftovers();
        return held;
    }

    /// <summary>Makes sure that something can still be written: an empty file needs no space.</summary>
    /// <exception cref="StoreFullException">It cannot.</exception>
    internal async Task Reach(CancellationToken cancellation)
    {
        try
        {
            using var probe = TemporaryFile.Create(_layout.Locks, Disk.Local);
            await probe.Fill(new MemoryStream(new byte[LeastRoomBytes]), cancellation);
        }
        catch (IOException error) when (Disk.IsFull(error))
        {
            throw new StoreFullException(Root, error);
        }
    }

    /// <summary>See <see cref="OpenedStore.Quarantine"/>.</summary>
    internal Task<QuarantinedLog?> Quarantine(SweepId sweep, CancellationToken cancellation) => _logs.Quarantine(sweep, cancellation);

    private static InvalidInputException IsFile(string root) =>
        new(root, "the store should be a folder, and this is a file", "Give a folder with --store DIR.");
}
