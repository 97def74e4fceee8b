using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>An attempt that a slot runs.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Epoch">The lease.</param>
/// <param name="Phase">What it does now, or null when it has not said yet.</param>
/// <param name="Since">When the attempt began.</param>
[GenerateSerializer, Immutable, Alias("slot-work.v1")]
public sealed record SlotWork(
    [property: Id(0)] SweepId Sweep,
    [property: Id(1)] TrialId Trial,
    [property: Id(2)] int Epoch,
    [property: Id(3)] TrialPhase? Phase,
    [property: Id(4)] DateTimeOffset Since);
