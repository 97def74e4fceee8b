using System.Runtime.InteropServices;
using Distributed.Sweeps;

namespace Distributed.Compression.Training;

/// <summary>The CUDA device has no memory left. The attempt ends; another may find more.</summary>
internal sealed class DeviceMemoryException(ExternalException inner) : AttemptFailedException(FailureKind.OutOfMemory, Invariant(
    $"{inner.Message.Split('\n')[0].TrimEnd('.')}. Lower the batch (baseline.batch-size, recovery.batch-size), give each device fewer trials at a time (Distributed:Slots), or end what else runs on it."))
{
    /// <summary>Whether an error of libtorch says so; cuBLAS calls it by a name of its own.</summary>
    public static bool Is(ExternalException error) =>
        error.Message.Contains("CUDA out of memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("CUDA error: out of memory", StringComparison.OrdinalIgnoreCase)
        || error.Message.Contains("ALLOC_FAILED", StringComparison.Ordinal);
}
