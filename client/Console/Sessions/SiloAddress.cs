using System.Diagnostics;
using System.Text.Json;

namespace Distributed.Client.Sessions;

/// <summary>How to reach a silo on this machine, as it tells on its first line of output and in the store's silo.json.</summary>
/// <param name="Pid">Its process.</param>
/// <param name="GatewayPort">Its gateway on loopback.</param>
/// <param name="ClusterId">Its cluster.</param>
/// <param name="ServiceId">Its service.</param>
internal sealed record SiloAddress(int Pid, int GatewayPort, string ClusterId, string ServiceId)
{
    private const string File = "silo.json";

    /// <summary>The silo that runs on a store, or null. A file left behind by a silo that died counts as none.</summary>
    public static SiloAddress? On(string store)
    {
        string path = Path.Combine(store, File);
        try
        {
            return Parse(System.IO.File.ReadAllText(path)) is { } address && IsAlive(address.Pid) ? address : null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InvalidInputException(path, "it cannot be read", "Use a store that you may read.", error);
        }
    }

    /// <summary>Reads the JSON object; null when the text is not one.</summary>
    public static SiloAddress? Parse(string json)
    {
        try
        {
            var address = SweepJson.Read<SiloAddress>(json);
            return address is { Pid: > 0, GatewayPort: > 0, ClusterId: not null, ServiceId: not null } ? address : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Invariant($"127.0.0.1:{GatewayPort} (process {Pid})");

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
