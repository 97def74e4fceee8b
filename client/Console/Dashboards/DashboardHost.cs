using System.Net;
using System.Net.Sockets;
using Distributed.Client.Commands;
using Distributed.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Distributed.Client.Dashboards;

/// <summary>Where the dashboard listens.</summary>
/// <param name="Address">Loopback without a token; any other address demands one.</param>
/// <param name="Port">0 for a free one.</param>
internal sealed record DashboardEndpoint(IPAddress Address, int Port)
{
    /// <summary>The port unless another is asked for.</summary>
    public const int DefaultPort = 8400;
}

/// <summary>The dashboard's web server in this process.</summary>
internal sealed class DashboardHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SessionSource _source;

    private DashboardHost(WebApplication app, SessionSource source, string address) => (_app, _source, Address) = (app, source, address);

    /// <summary>What to open in a browser, with the token where one is demanded.</summary>
    public string Address { get; }

    /// <summary>Starts to listen.</summary>
    /// <exception cref="InvalidInputException">The address cannot be listened on.</exception>
    public static async Task<DashboardHost> Start(ConsoleContext context, string store, DashboardEndpoint endpoint, CancellationToken cancellation)
    {
        DashboardAccess access = new(IPAddress.IsLoopback(endpoint.Address) ? null : AccessToken.Create(), endpoint.Port);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardHost).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.Logging.ClearProviders().AddProvider(new MessageLog(context));
        // Where the package of a page's files lies is in a list beside this program; a published one has them in wwwroot.
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(endpoint.Address, endpoint.Port);
        });
        builder.Services.AddSingleton(context.Time);
        SessionSource source = new(context, store);
        builder.Services.AddSingleton<IDashboardSource>(source);
        builder.Services.AddDashboard(access);
        var app = builder.Build();
        app.MapDashboard(Path.Combine(AppContext.BaseDirectory, "Distributed.Client.staticwebassets.endpoints.json"));
        app.MapRuntimePages(source);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await app.DisposeAsync();
            await source.DisposeAsync();
            throw Refused(endpoint, error);
        }

        return new(app, source, AddressOf(app, access));
    }

    /// <summary>Waits until somebody asks for the end.</summary>
    public static async Task Until(CancellationToken asked)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = asked.Register(ended.SetResult);
        await ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        // Open pages hold connections; they are not waited for.
        using CancellationTokenSource abrupt = new();
        await abrupt.CancelAsync();
        await _app.StopAsync(abrupt.Token);
        await _app.DisposeAsync();
        await _source.DisposeAsync();
    }

    /// <summary>The server itself knows of taken ports only.</summary>
    private static InvalidInputException Refused(DashboardEndpoint endpoint, Exception error) => error switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new(
            Invariant($"--port {endpoint.Port}"), "this account may not listen on it", "Give a port above 1023, or 0 for a free one.", error),
        SocketException => new(
            $"--listen {endpoint.Address}", $"it cannot be listened on ({error.Message})", "Give an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.", error),
        _ => new(
            Invariant($"--port {endpoint.Port}"), $"{endpoint.Address} cannot be listened on there", "Another program may have the port: give another with --port, or 0 for a free one.", error),
    };

    private static string AddressOf(WebApplication app, DashboardAccess access)
    {
        Uri bound = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        string host = bound.Host is "0.0.0.0" or "[::]" ? Dns.GetHostName() : bound.Host;
        return Invariant($"http://{host}:{bound.Port}/{(access.Token is { } token ? $"?token={token.Text}" : "")}");
    }
}
