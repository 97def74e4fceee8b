using Distributed.Contracts;

namespace Distributed.Client.Tests.Samples;

/// <summary>A cluster of a control silo and two workers, one of them silent.</summary>
internal static class SampleSilos
{
    private const long Gibibyte = 1L << 30;

    public static IReadOnlyList<SiloView> All { get; } =
    [
        View("control-1", SiloRole.Control, "10.0.0.5:11111", false),
        View(
            "gpu-1", SiloRole.Worker, "10.0.0.7:11111", false,
            Slot("gpu-1/0", "cuda", "NVIDIA H100 80GB HBM3 #0", 80) with { Work = new(new("sample"), new(3), 2, TrialPhase.FineTuning, SampleSweep.Start) },
            Slot("gpu-1/1", "cuda", "NVIDIA H100 80GB HBM3 #1", 80)),
        View("cpu-1", SiloRole.Worker, "10.0.0.8:11111", true, Slot("cpu-1/0", "cpu", "1/1 of 8 cores", 32)),
    ];

    private static SiloView View(string name, SiloRole role, string address, bool silent, params SlotReport[] slots) => new(
        new()
        {
            Name = name,
            Host = name,
            Role = role,
            Version = "0.3.0",
            Address = address,
            Process = 7,
            Started = SampleSweep.Start.AddMinutes(-9),
            Cores = 8,
            MemoryBytes = 32 * Gibibyte,
            Slots = slots,
        },
        SampleSweep.Start.AddMinutes(1),
        silent);

    private static SlotReport Slot(string name, string device, string deviceName, long gibibytes) =>
        new() { Name = name, Device = device, DeviceName = deviceName, MemoryBytes = gibibytes * Gibibyte };
}
