using Distributed.Silo.Executors;
using Distributed.Silo.Measuring;

namespace Distributed.Silo.Workers;

/// <summary>What all slots of a silo share.</summary>
internal sealed record SlotSurroundings(
    SweepCalls Calls,
    Heartbeats Heartbeats,
    MeasuringGate Gate,
    HostTurn Host,
    ExecutorLaunch Launch,
    ExecutorStarts Starts,
    WorkerOptions Options,
    TimeProvider Time);
