using System.Net;

namespace Distributed.Membership;

/// <summary>Which cluster, how to find it, and how to prove that one belongs to it. Silos and clients read the same keys.</summary>
/// <remarks>Printed without what is secret.</remarks>
public sealed class ClusterSettings
{
    /// <summary>The least length of a secret that is no guess.</summary>
    public const int LeastSecret = 16;

    private const string Section = "Cluster";

    /// <summary>Where silos find each other. Default: one machine.</summary>
    public MembershipKind Membership { get; init; }

    /// <summary>The cluster's name; clusters of other names may share the membership's server. Default "distributed".</summary>
    public string Id { get; init; } = "distributed";

    /// <summary>The service's name; stays when a cluster is replaced by another. Default "distributed".</summary>
    public string ServiceId { get; init; } = "distributed";

    /// <summary>How to reach Redis or PostgreSQL. Secret.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>What every silo and client of the cluster must know, or null. Secret.</summary>
    public string? Secret { get; init; }

    /// <summary>For clients: gateways to connect to instead of asking the membership.</summary>
    public IReadOnlyList<IPEndPoint> Gateways { get; init; } = [];

    /// <summary>How long to try again at start what cannot be reached. Default: not at all.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Whether a cluster is configured at all, for a client.</summary>
    public bool IsCluster => Membership != MembershipKind.Localhost || Gateways.Count > 0;

    /// <summary>Reads the section.</summary>
    /// <exception cref="InvalidInputException">A value that cannot be used.</exception>
    public static ClusterSettings Read(Settings settings)
    {
        ClusterSettings read = new()
        {
            Membership = settings.Choice(Key("Membership"), MembershipKind.Localhost),
            Id = settings.Name(Key("Id"), "distributed"),
            ServiceId = settings.Name(Key("ServiceId"), "distributed"),
            ConnectionString = settings.Text(Key("ConnectionString")),
            Secret = settings.Text(Key("Secret")),
            Gateways = settings.Endpoints(Key("Gateways")),
            Wait = settings.Time(Key("Wait"), TimeSpan.Zero),
        };
        if (read.Secret is { Length: < LeastSecret } secret)
            throw Settings.Wrong(Key("Secret"), Invariant($"it has {secret.Length} characters"), Invariant($"Give at least {LeastSecret} random ones, such as from 'openssl rand -base64 32'."));
        if (read.Membership != MembershipKind.Localhost && read.ConnectionString is null)
        {
            throw Settings.Wrong(
                Key("ConnectionString"),
                $"it is not set, and Distributed:Cluster:Membership is {read.Membership.ToString().ToLowerInvariant()}",
                read.Membership == MembershipKind.Redis ? "Give 'host:6379', with ',password=…' if need be." : "Give 'Host=…;Database=…;Username=…;Password=…'.");
        }

        return read;
    }

    /// <inheritdoc/>
    public override string ToString() => $"cluster '{Id}' ({Membership.ToString().ToLowerInvariant()})";

    private static string Key(string name) => $"{Section}:{name}";
}
