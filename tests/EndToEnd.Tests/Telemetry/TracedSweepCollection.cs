namespace Distributed.EndToEnd.Tests.Telemetry;

/// <summary>One sweep for all that is looked at.</summary>
[CollectionDefinition(Name)]
public sealed class TracedSweepCollection : ICollectionFixture<TracedSweep>
{
    public const string Name = "a traced sweep";
}
