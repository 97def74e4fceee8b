namespace Distributed.Membership;

/// <summary>A setting as the documentation tells it.</summary>
/// <param name="Name">Its key below "Distributed".</param>
/// <param name="Default">What holds when it is not set.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="IsSecret">Whether it may not stand on a command line, nor be printed.</param>
public sealed record SettingKey(string Name, string Default, string Meaning, bool IsSecret = false);

/// <summary>Every setting there is.</summary>
public static class SettingKeys
{
    /// <summary>In the order of the documentation.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new("Role", "all", "all, control (grains and clients) or worker (trials)"),
        new("Name", "HOST-SILOPORT", "the silo's name, unique in the cluster; slots are called NAME/0"),
        new("Store", ".distributed", "a folder, or a blob container; the same for every silo and client"),
        new("Slots", "the cores, or one for each CUDA device", "trials at a time; on cuda, for each device; 0 on a control silo"),
        new("Device", "auto", "auto, cpu or cuda"),
        new("DrainLimit", "10s", "how long running trials may take to write a checkpoint when the silo is told to leave"),
        new("StallLimit", "30m", "how long nothing may move in a running trial (no batch, image, block of a file) before its executor counts as hung and is killed; 0s for ever"),
        new("HostFolder", "a folder of the user's cache", "where the silos of one machine agree on who measures; share it between containers of one machine"),
        new("OrleansDashboard", "true on one machine, else false", "whether silos have the grains behind Orleans's own dashboard; the same for all silos of a cluster"),
        new("Listen:Address", "127.0.0.1", "where silo and gateway listen; beyond loopback a secret is demanded"),
        new("Listen:Advertise", "Listen:Address", "the address that others are told; with 0.0.0.0 the first of this machine"),
        new("Listen:SiloPort", "11111", "between silos; 0 for any free one"),
        new("Listen:GatewayPort", "30000", "for clients; 0 for any free one; a worker has none"),
        new("Listen:HealthPort", "none", "for GET /health/live and /health/ready; 0 for any free one"),
        new("Listen:HealthAddress", "127.0.0.1", "where they listen"),
        new("Listen:MetricsPort", "none", "for Prometheus: GET /metrics; 0 for any free one"),
        new("Listen:MetricsAddress", "127.0.0.1", "where it listens; anybody who reaches it can read the metrics"),
        new("Cluster:Membership", "localhost", "localhost (one machine), redis or adonet (PostgreSQL)"),
        new("Cluster:Id", "distributed", "the cluster's name"),
        new("Cluster:ServiceId", "distributed", "the service's name; stays when a cluster is replaced by another"),
        new("Cluster:ConnectionString", "none", "how to reach Redis or PostgreSQL", IsSecret: true),
        new("Cluster:Secret", "none", "what every silo and client must know; at least 16 characters", IsSecret: true),
        new("Cluster:Gateways", "none", "for clients: HOST:PORT of control silos, instead of asking the membership"),
        new("Cluster:Wait", "0s", "how long to try again at start what cannot be reached"),
    ];

    /// <summary>The environment variables of ours that are no settings of a cluster, in the order of the documentation. The test of this list reads the sources.</summary>
    public static IReadOnlyList<SettingKey> Variables { get; } =
    [
        new("DISTRIBUTED_STORE_CONNECTION", "none", "the connection string of the storage account of `azure://CONTAINER`", IsSecret: true),
        new("DISTRIBUTED_CACHE", "distributed in `XDG_CACHE_HOME` or ~/.cache", "the folder of decoded images, latency tables, and what silos fetch from a store"),
        new("DISTRIBUTED_CACHE_GB", "50", "gigabytes of fetched datasets and models above which those that nobody uses are removed"),
        new("DISTRIBUTED_SILO", "beside the console", "the silo's program, for a console that starts one"),
        new("DISTRIBUTED_NOTIFY_…", "none", "secrets of webhooks, on silos; the sweep file names which", IsSecret: true),
        new("DISTRIBUTED_STORE, DISTRIBUTED_SLOT", "set by silos", "for their executors; not by hand"),
        new("OTEL_…", "none", "the standard variables; see Traces, metrics, logs"),
    ];
}
