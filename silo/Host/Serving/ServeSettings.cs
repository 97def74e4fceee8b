using System.Net;
using System.Net.Sockets;

namespace Distributed.Silo.Serving;

/// <summary>How a silo is served.</summary>
/// <param name="Store">The folder of log and artifacts.</param>
/// <param name="SiloPort">Between silos; on loopback.</param>
/// <param name="GatewayPort">For clients; on loopback.</param>
/// <param name="Slots">Trials at a time.</param>
/// <param name="Parent">The process with which the silo ends, or null.</param>
internal sealed record ServeSettings(string Store, int SiloPort, int GatewayPort, int Slots, int? Parent)
{
    /// <summary>The name of the cluster and of the service, for clients.</summary>
    public const string Cluster = "distributed";

    /// <summary>The same with every port 0 replaced by a free one.</summary>
    /// <exception cref="InvalidInputException">A port is in use.</exception>
    public ServeSettings WithPorts()
    {
        using var silo = Claim("--silo-port", SiloPort);
        using var gateway = Claim("--gateway-port", GatewayPort);
        return this with { SiloPort = Port(silo), GatewayPort = Port(gateway) };
    }

    private static TcpListener Claim(string option, int port)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new InvalidInputException(
                option, Invariant($"port {port} of 127.0.0.1 cannot be used ({e.Message.TrimEnd('.')})"), "Give another one, or 0 for any that is free.", e);
        }
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
