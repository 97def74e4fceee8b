namespace Distributed.Membership;

/// <summary>What became of the question whether two ends belong to one cluster; one byte on the wire.</summary>
internal enum ProofResult : byte
{
    /// <summary>They do.</summary>
    Accepted = 0,

    /// <summary>The other end speaks another protocol: its program is of another version, or another program altogether.</summary>
    OtherProtocol = 1,

    /// <summary>The other end belongs to another cluster.</summary>
    OtherCluster = 2,

    /// <summary>The other end does not know the secret.</summary>
    OtherSecret = 3,
}
