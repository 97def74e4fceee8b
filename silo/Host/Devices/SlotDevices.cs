using Distributed.Compression.Training;

namespace Distributed.Silo.Devices;

/// <summary>The slots of a silo: one for each CUDA device, or shares of the processor.</summary>
internal static class SlotDevices
{
    private const string Key = "Distributed:Device";

    /// <summary>Finds them.</summary>
    /// <param name="choice">What trials are to run on.</param>
    /// <param name="slots">How many: shares of the processor, or trials at a time on each CUDA device. Default: the cores, or one.</param>
    /// <param name="devices">The CUDA devices there are.</param>
    /// <param name="usesCuda">Whether this program can use CUDA.</param>
    /// <exception cref="InvalidInputException">CUDA was asked for and cannot be had.</exception>
    public static IReadOnlyList<SlotDevice> Find(DeviceChoice choice, int? slots, Func<IReadOnlyList<SlotDevice>> devices, bool usesCuda)
    {
        if (slots == 0) return [];
        if (choice == DeviceChoice.Cpu || (choice == DeviceChoice.Auto && !usesCuda)) return Shares(slots);
        var found = devices();
        if (found.Count > 0) return [.. Enumerable.Range(0, slots ?? 1).SelectMany(_ => found)];
        if (choice == DeviceChoice.Auto) return Shares(slots);
        throw new InvalidInputException(Key, "it is cuda, and nvidia-smi tells of no device", "Install the driver, give the container its devices, or use cpu.");
    }

    /// <summary>Whether this build carries libtorch with CUDA.</summary>
    public static bool ThisProgramUsesCuda => CudaSupport.IsCarriedHere;

    private static SlotDevice[] Shares(int? slots)
    {
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        int count = slots ?? Environment.ProcessorCount;
        return [.. Enumerable.Range(0, count).Select(_ => new SlotDevice(SlotDevice.Cpu, Invariant($"1/{count} of {Environment.ProcessorCount} cores"), memory, ""))];
    }
}
