using Distributed.Sweeps;

namespace Distributed.Contracts;

/// <summary>What a watcher sees. A closed union.</summary>
[GenerateSerializer, Immutable, Alias("sweep-event.v1")]
public abstract record SweepEvent
{
    private SweepEvent()
    {
    }

    /// <summary>Something was recorded.</summary>
    /// <param name="Entry">The log's entry.</param>
    [GenerateSerializer, Immutable, Alias("sweep-event-logged.v1")]
    public sealed record Logged([property: Id(0)] LogEntry Entry) : SweepEvent;

    /// <summary>A running trial reported; not recorded, may be dropped.</summary>
    /// <param name="Trial">Which trial.</param>
    /// <param name="Slot">Where it runs.</param>
    /// <param name="Progress">How far it is.</param>
    [GenerateSerializer, Immutable, Alias("sweep-event-progressed.v1")]
    public sealed record Progressed(
        [property: Id(0)] TrialId Trial, [property: Id(1)] string Slot, [property: Id(2)] TrialProgress Progress) : SweepEvent;

    /// <summary>Nothing happened for a while; the connection is alive.</summary>
    /// <param name="Next">The position to resume from.</param>
    [GenerateSerializer, Immutable, Alias("sweep-event-idle.v1")]
    public sealed record Idle([property: Id(0)] long Next) : SweepEvent;
}
