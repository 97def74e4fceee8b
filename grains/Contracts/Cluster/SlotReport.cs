namespace Distributed.Contracts;

/// <summary>One slot of a silo and what it runs.</summary>
[GenerateSerializer, Immutable, Alias("slot-report.v1")]
public sealed record SlotReport
{
    /// <summary>Its name: "silo/0".</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Its device class: "cpu", "cuda".</summary>
    [Id(1)] public required string Device { get; init; }

    /// <summary>The device, for people: "NVIDIA H100 80GB HBM3 #0", "1 of 8 cores".</summary>
    [Id(2)] public string DeviceName { get; init; } = "";

    /// <summary>Memory of the device in bytes; of the host for a CPU slot.</summary>
    [Id(3)] public long MemoryBytes { get; init; }

    /// <summary>What it runs, or null when it is idle.</summary>
    [Id(4)] public SlotWork? Work { get; init; }
}
