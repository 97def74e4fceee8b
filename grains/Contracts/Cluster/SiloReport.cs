namespace Distributed.Contracts;

/// <summary>What a silo tells of itself.</summary>
[GenerateSerializer, Immutable, Alias("silo-report.v1")]
public sealed record SiloReport
{
    /// <summary>Its name, unique in the cluster; slots are called "name/0".</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>The physical machine it runs on.</summary>
    [Id(1)] public required string Host { get; init; }

    /// <summary>What it is there for.</summary>
    [Id(2)] public required SiloRole Role { get; init; }

    /// <summary>The version of its program.</summary>
    [Id(3)] public required string Version { get; init; }

    /// <summary>Where other silos reach it: "10.0.0.7:11111".</summary>
    [Id(4)] public required string Address { get; init; }

    /// <summary>Its process on its host.</summary>
    [Id(5)] public int Process { get; init; }

    /// <summary>When its process started.</summary>
    [Id(6)] public DateTimeOffset Started { get; init; }

    /// <summary>Memory of the host in bytes.</summary>
    [Id(7)] public long MemoryBytes { get; init; }

    /// <summary>Cores of the host that it may use.</summary>
    [Id(8)] public int Cores { get; init; }

    /// <summary>Whether it leaves: it finishes or checkpoints what runs and takes nothing more.</summary>
    [Id(9)] public bool Draining { get; init; }

    /// <summary>Its slots; none on a silo that only controls.</summary>
    [Id(10)] public IReadOnlyList<SlotReport> Slots { get; init; } = [];
}
