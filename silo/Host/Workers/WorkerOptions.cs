using Distributed.Silo.Devices;

namespace Distributed.Silo.Workers;

/// <summary>How a silo's worker works.</summary>
internal sealed record WorkerOptions
{
    /// <summary>The devices of the slots; each runs one trial at a time.</summary>
    public IReadOnlyList<SlotDevice> Slots { get; init; } = [];

    /// <summary>What slots are called: "name/0". Unique among the silos of a cluster.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>The name of a slot.</summary>
    public string SlotName(int number) => Invariant($"{Name}/{number}");

    /// <summary>Time between heartbeats. Default 3 s.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Least time between two heartbeats, when a phase begins. Default 0.2 s.</summary>
    public TimeSpan QuickBeat { get; init; } = TimeSpan.FromSeconds(0.2);

    /// <summary>How long a slot without work waits before it asks again. Default 0.25 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(0.25);

    /// <summary>How long what an attempt found is offered to a sweep that does not answer. Default 10 min.</summary>
    public TimeSpan Persistence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long attempts may take to write a checkpoint when the silo leaves; then they are killed. Default 10 s.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing may move in an attempt before its executor is killed; zero for ever. Default 30 min.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromMinutes(30);
}
