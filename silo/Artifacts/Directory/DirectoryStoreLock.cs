using Distributed.Sweeps;

namespace Distributed.Artifacts;

/// <summary>The right to run sweeps on a directory store. One process at a time has it.</summary>
/// <remarks>It ends with the process, however that ends. Reading needs no lock, nor does an executor that writes artifacts for the process that has it.</remarks>
public sealed class DirectoryStoreLock : IDisposable
{
    private readonly LockFile _file;

    private DirectoryStoreLock(LockFile file) => _file = file;

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    internal static DirectoryStoreLock Take(DirectoryLayout layout, TimeProvider time) =>
        LockFile.TryTake(layout.StoreLock, time) is { } file
            ? new(file)
            : throw new InvalidInputException(
                layout.Root,
                $"another run uses this store ({LockFile.Holder(layout.StoreLock)})",
                "Stop it or wait for its end, or give this run a folder of its own with --store DIR.");
}
