namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Tests of whole clusters. Those of one collection run one after the other; two clusters at a time are as many as two cores bear.</summary>
internal static class Clusters
{
    /// <summary>Most of them.</summary>
    public const string Main = "cluster";

    /// <summary>Those that mostly wait until a silo, a store or a client is given up.</summary>
    public const string Waiting = "a cluster that waits";
}
