namespace Distributed.Silo.Devices;

/// <summary>The device of one slot.</summary>
/// <param name="Class">"cpu" or "cuda": what a sweep asks for.</param>
/// <param name="Name">For people.</param>
/// <param name="MemoryBytes">Of the device; of the host for a share of the processor.</param>
/// <param name="Visible">What its executor sees of CUDA: the device's unique name; empty for none.</param>
internal sealed record SlotDevice(string Class, string Name, long MemoryBytes, string Visible)
{
    /// <summary>The class of a share of the processor.</summary>
    public const string Cpu = "cpu";

    /// <summary>The class of a CUDA device.</summary>
    public const string Cuda = "cuda";
}
