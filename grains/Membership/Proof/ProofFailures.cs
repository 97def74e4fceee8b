namespace Distributed.Membership;

/// <summary>Why connections of this process were refused last; a client tells its user. Thread safe.</summary>
public sealed class ProofFailures
{
    private (string Other, ProofResult Result)? _last;
    private readonly Lock _lock = new();

    /// <summary>The last refusal as a sentence, or null when there was none.</summary>
    public string? Last
    {
        get
        {
            lock (_lock)
            {
                return _last is not { } last ? null : last.Result switch
                {
                    ProofResult.OtherCluster => $"{last.Other} belongs to another cluster; set Distributed:Cluster:Id to its name.",
                    ProofResult.OtherSecret => $"{last.Other} knows another secret; set Distributed:Cluster:Secret to the cluster's.",
                    _ => $"{last.Other} does not speak the protocol of this program; use console and silos of the same version, and the port of a gateway.",
                };
            }
        }
    }

    internal void Add(string other, ProofResult result)
    {
        lock (_lock) _last = (other, result);
    }
}
