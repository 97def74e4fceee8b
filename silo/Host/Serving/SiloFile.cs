using Distributed.Artifacts;
using Distributed.Contracts;

namespace Distributed.Silo.Serving;

/// <summary>How to reach a silo: its first line on stdout and, on one machine, silo.json in the store's folder while it runs.</summary>
internal sealed record SiloFile
{
    /// <summary>Its process.</summary>
    public int Pid { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is there for.</summary>
    public SiloRole Role { get; init; }

    /// <summary>Where clients connect; null on a worker.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Between silos.</summary>
    public int SiloPort { get; init; }

    /// <summary>For clients; 0 on a worker.</summary>
    public int GatewayPort { get; init; }

    /// <summary>For health, or null.</summary>
    public int? HealthPort { get; init; }

    /// <summary>For Prometheus, or null.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Its cluster.</summary>
    public required string ClusterId { get; init; }

    /// <summary>Its service.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Trials at a time.</summary>
    public int Slots { get; init; }

    /// <summary>The address of its store.</summary>
    public required string Store { get; init; }

    /// <summary>The file of this process.</summary>
    public static SiloFile Of(ServeSettings settings) => new()
    {
        Pid = Environment.ProcessId,
        Name = settings.Name,
        Role = settings.Role,
        Endpoint = settings.Controls ? Invariant($"{settings.Listen.Advertise}:{settings.Listen.GatewayPort}") : null,
        SiloPort = settings.Listen.SiloPort,
        GatewayPort = settings.Listen.GatewayPort,
        HealthPort = settings.Listen.HealthPort,
        MetricsPort = settings.Listen.MetricsPort,
        ClusterId = settings.Cluster.Id,
        ServiceId = settings.Cluster.ServiceId,
        Slots = settings.Slots.Count,
        Store = settings.Store.ToString(),
    };

    /// <summary>Writes it into the store's folder, all or nothing; removed when disposed. Nothing happens where the store is no folder.</summary>
    public IDisposable? Publish()
    {
        if (StoreAddress.Parse(Store) is not StoreAddress.Folder { Path: var folder }) return null;
        string path = Path.Combine(folder, "silo.json");
        string part = Path.Combine(folder, Invariant($".silo.{Pid}.part"));
        File.WriteAllText(part, SweepJson.Write(this) + "\n");
        File.Move(part, path, overwrite: true);
        return new Published(path);
    }

    private sealed class Published(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
