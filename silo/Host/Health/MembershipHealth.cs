namespace Distributed.Silo.Health;

/// <summary>Whether the cluster's table still knows this silo.</summary>
internal enum MembershipHealth
{
    /// <summary>It does.</summary>
    Known,

    /// <summary>The server answers and knows nothing of this silo: it lost its data, and another cluster may form beside this one.</summary>
    Unknown,

    /// <summary>The server does not answer. The silos go on without it; none can join.</summary>
    Unreachable,
}
