using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>Settings of libtorch and of the allocator, for an executor's whole process.</summary>
public static partial class TorchRuntime
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int LargestMapped = -4;

    /// <summary>Call once, before any tensor exists.</summary>
    /// <param name="threads">Threads of one operator; 1 gives the same bits every time.</param>
    /// <param name="device">What <see cref="TrainingDevice.Of(string?)"/> decides by.</param>
    /// <returns>Where the process computes.</returns>
    /// <exception cref="DeviceUnavailableException">The device is cuda, and libtorch finds none.</exception>
    public static TrainingDevice Initialize(int threads, string? device)
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.RuntimeIdentifier.Contains("linux", StringComparison.Ordinal)) KeepFreedMemory();
        ProcessorKernels.KeepToRightOnes();
        var found = TrainingDevice.Of(device);
        set_num_threads(threads);
        set_num_interop_threads(1);
        return found;
    }

    /// <summary>
    /// Training allocates and frees the same large blocks at every step; by default glibc gives each back to the system and the next page
    /// faults in again (17 % of a step).
    /// </summary>
    private static void KeepFreedMemory()
    {
        // An option that is refused (0) leaves the default: slower, not wrong.
        _ = SetAllocatorOption(LargestMapped, 0);
        _ = SetAllocatorOption(TrimThreshold, int.MaxValue);
        _ = SetAllocatorOption(TopPad, 256 << 20);
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocatorOption(int option, int value);
}
