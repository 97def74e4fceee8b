namespace Distributed.Silo.Serving;

/// <summary>How to reach a silo: its first line on stdout, and silo.json in the store while it runs.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="Endpoint">Where clients connect.</param>
/// <param name="SiloPort">Between silos.</param>
/// <param name="GatewayPort">For clients; on loopback.</param>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="ServiceId">Its service.</param>
/// <param name="Slots">Trials at a time.</param>
/// <param name="Store">Its store's folder.</param>
internal sealed record SiloFile(
    int Pid, string Endpoint, int SiloPort, int GatewayPort, string ClusterId, string ServiceId, int Slots, string Store)
{
    /// <summary>The file of this process.</summary>
    public static SiloFile Of(ServeSettings settings) => new(
        Environment.ProcessId,
        Invariant($"127.0.0.1:{settings.GatewayPort}"),
        settings.SiloPort,
        settings.GatewayPort,
        ServeSettings.Cluster,
        ServeSettings.Cluster,
        settings.Slots,
        settings.Store);

    /// <summary>Writes it, all or nothing; removed when disposed.</summary>
    public IDisposable Publish()
    {
        string path = Path.Combine(Store, "silo.json");
        string part = Path.Combine(Store, Invariant($".silo.{Pid}.part"));
        File.WriteAllText(part, SweepJson.Write(this) + "\n");
        File.Move(part, path, overwrite: true);
        return new Published(path);
    }

    private sealed class Published(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
