using Distributed.Artifacts;
using Distributed.Contracts;
using Distributed.Membership;
using Distributed.Silo.Devices;
using Distributed.Silo.Executors;

namespace Distributed.Silo.Serving;

/// <summary>How a silo is served.</summary>
internal sealed record ServeSettings
{
    private const int MostSlots = 1024;
    private const int ClusterSiloPort = 11111;
    private const int ClusterGatewayPort = 30000;

    /// <summary>What the silo is there for.</summary>
    public SiloRole Role { get; init; }

    /// <summary>Its name; slots are called "name/0".</summary>
    public required string Name { get; init; }

    /// <summary>Where logs and artifacts are.</summary>
    public required StoreAddress Store { get; init; }

    /// <summary>Its cluster.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>Where it listens.</summary>
    public required ListenSettings Listen { get; init; }

    /// <summary>What its slots run on.</summary>
    public IReadOnlyList<SlotDevice> Slots { get; init; } = [];

    /// <summary>How long attempts may take to write a checkpoint when the silo leaves.</summary>
    public TimeSpan DrainLimit { get; init; }

    /// <summary>How long nothing may move in an attempt before its executor is killed; zero for ever.</summary>
    public TimeSpan StallLimit { get; init; }

    /// <summary>Where the silos of this machine agree on who measures.</summary>
    public required string HostFolder { get; init; }

    /// <summary>The process with which the silo ends, or null.</summary>
    public int? Parent { get; init; }

    /// <summary>Whether the silo has the grains behind Orleans's own dashboard; the same for all silos of a cluster.</summary>
    public bool OrleansDashboard { get; init; }

    /// <summary>Whether there may be other silos.</summary>
    public bool IsCluster => Cluster.Membership != MembershipKind.Localhost;

    /// <summary>Whether grains live here and clients connect here.</summary>
    public bool Controls => Role != SiloRole.Worker;

    /// <summary>Reads the settings and claims the ports.</summary>
    /// <exception cref="InvalidInputException">A value that cannot be used, or a port in use.</exception>
    public static ServeSettings Read(Membership.Settings settings, int? parent)
    {
        var cluster = ClusterSettings.Read(settings);
        bool isCluster = cluster.Membership != MembershipKind.Localhost;
        var role = settings.Choice("Role", SiloRole.All);
        var listen = ListenSettings.Read(settings, isCluster ? ClusterSiloPort : 0, isCluster ? ClusterGatewayPort : 0);
        Check(cluster, role, listen);
        listen = listen.WithPorts(role != SiloRole.Worker);
        int? slots = settings.Whole("Slots", 0, MostSlots);
        if (role == SiloRole.Control && slots > 0) throw Membership.Settings.Wrong("Slots", Invariant($"it is {slots} on a control silo"), "Give 0, or the role all.");
        if (role != SiloRole.Control && slots == 0) throw Membership.Settings.Wrong("Slots", "it is 0, and the silo is there to run trials", Invariant($"Give 1 to {MostSlots}, or the role control."));
        return new()
        {
            Role = role,
            Name = settings.Name("Name", isCluster ? Invariant($"{Safe(Environment.MachineName)}-{listen.SiloPort}") : Safe(Environment.MachineName)),
            Store = StoreAddress.Parse(settings.Text("Store") ?? ".distributed"),
            Cluster = cluster,
            Listen = listen,
            Slots = SlotDevices.Find(settings.Choice("Device", DeviceChoice.Auto), role == SiloRole.Control ? 0 : slots, CudaDevices.Find, SlotDevices.ThisProgramUsesCuda),
            DrainLimit = settings.Time("DrainLimit", TimeSpan.FromSeconds(10)),
            StallLimit = settings.Time("StallLimit", TimeSpan.FromMinutes(30)),
            HostFolder = settings.Text("HostFolder") ?? Path.Combine(CacheFolder.Current, $"host-{Safe(Environment.MachineName)}"),
            Parent = parent,
            OrleansDashboard = settings.Flag("OrleansDashboard", !isCluster),
        };
    }

    private static void Check(ClusterSettings cluster, SiloRole role, ListenSettings listen)
    {
        if (cluster.Membership == MembershipKind.Localhost && role != SiloRole.All)
            throw Membership.Settings.Wrong("Role", $"it is {role.ToString().ToLowerInvariant()}, and Distributed:Cluster:Membership is localhost: nobody could join", "Set the membership to redis or adonet, or the role to all.");
        if (cluster.Membership == MembershipKind.Localhost && listen.IsBeyondLoopback)
            throw Membership.Settings.Wrong("Listen:Address", $"it is {listen.Address}, and Distributed:Cluster:Membership is localhost", "Set the membership to redis or adonet, or listen on 127.0.0.1.");
        if (listen.IsBeyondLoopback && cluster.Secret is null)
        {
            throw Membership.Settings.Wrong(
                "Cluster:Secret",
                $"it is not set, and the silo would listen on {listen.Address}, beyond loopback",
                "Set DISTRIBUTED__CLUSTER__SECRET to the same random text for every silo and client ('openssl rand -base64 32' makes one), or listen on 127.0.0.1.");
        }
    }

    /// <summary>A machine may have a name that is no name of ours.</summary>
    private static string Safe(string machine) => string.Concat(machine.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));
}
