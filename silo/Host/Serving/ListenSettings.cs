using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Distributed.Silo.Serving;

/// <summary>Where a silo listens.</summary>
internal sealed record ListenSettings
{
    private const int MostPort = 65535;

    /// <summary>Of silo and gateway. Default: loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>What others are told.</summary>
    public IPAddress Advertise { get; init; } = IPAddress.Loopback;

    /// <summary>Between silos.</summary>
    public int SiloPort { get; init; }

    /// <summary>For clients; 0 for none once the ports are claimed.</summary>
    public int GatewayPort { get; init; }

    /// <summary>For health; null for none.</summary>
    public int? HealthPort { get; init; }

    /// <summary>Where health is told. Default: loopback.</summary>
    public IPAddress HealthAddress { get; init; } = IPAddress.Loopback;

    /// <summary>For Prometheus; null for none.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Where metrics are told. Default: loopback.</summary>
    public IPAddress MetricsAddress { get; init; } = IPAddress.Loopback;

    /// <summary>Whether others than this machine can connect.</summary>
    public bool IsBeyondLoopback => !IPAddress.IsLoopback(Address);

    /// <summary>Reads the section.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="siloPort">The default.</param>
    /// <param name="gatewayPort">The default.</param>
    /// <exception cref="InvalidInputException">A value that cannot be used.</exception>
    public static ListenSettings Read(Membership.Settings settings, int siloPort, int gatewayPort)
    {
        var address = settings.Address("Listen:Address", IPAddress.Loopback);
        var advertise = settings.Address("Listen:Advertise", IsAny(address) ? OfThisMachine() : address);
        if (IsAny(advertise)) throw Membership.Settings.Wrong("Listen:Advertise", $"it is {advertise}", "Give the one address by which others reach this silo.");
        return new()
        {
            Address = address,
            Advertise = advertise,
            SiloPort = settings.Whole("Listen:SiloPort", 0, MostPort) ?? siloPort,
            GatewayPort = settings.Whole("Listen:GatewayPort", 0, MostPort) ?? gatewayPort,
            HealthPort = settings.Whole("Listen:HealthPort", 0, MostPort),
            HealthAddress = settings.Address("Listen:HealthAddress", IPAddress.Loopback),
            MetricsPort = settings.Whole("Listen:MetricsPort", 0, MostPort),
            MetricsAddress = settings.Address("Listen:MetricsAddress", IPAddress.Loopback),
        };
    }

    /// <summary>The same with every port 0 replaced by a free one.</summary>
    /// <param name="gateway">Whether there is a gateway.</param>
    /// <exception cref="InvalidInputException">A port is in use.</exception>
    public ListenSettings WithPorts(bool gateway)
    {
        using var silo = Claim("Distributed:Listen:SiloPort (--silo-port)", Address, SiloPort);
        using var forClients = gateway ? Claim("Distributed:Listen:GatewayPort (--gateway-port)", Address, GatewayPort) : null;
        using var health = HealthPort is { } port ? Claim("Distributed:Listen:HealthPort (--health-port)", HealthAddress, port) : null;
        using var metrics = MetricsPort is { } fetched ? Claim("Distributed:Listen:MetricsPort", MetricsAddress, fetched) : null;
        return this with
        {
            SiloPort = Port(silo),
            GatewayPort = forClients is null ? 0 : Port(forClients),
            HealthPort = health is null ? null : Port(health),
            MetricsPort = metrics is null ? null : Port(metrics),
        };
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress OfThisMachine() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one is { OperationalStatus: OperationalStatus.Up, NetworkInterfaceType: not NetworkInterfaceType.Loopback })
        .SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .Select(one => one.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;

    private static TcpListener Claim(string key, IPAddress address, int port)
    {
        TcpListener listener = new(address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new InvalidInputException(
                key, Invariant($"port {port} of {address} cannot be used ({e.Message.TrimEnd('.')})"), "Give another one, or 0 for any that is free.", e);
        }
    }

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
