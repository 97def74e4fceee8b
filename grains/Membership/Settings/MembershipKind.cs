namespace Distributed.Membership;

/// <summary>Where the silos of a cluster find each other.</summary>
public enum MembershipKind
{
    /// <summary>One silo on loopback that nobody else joins.</summary>
    Localhost,

    /// <summary>A table in Redis.</summary>
    Redis,

    /// <summary>Tables in PostgreSQL.</summary>
    AdoNet,
}
