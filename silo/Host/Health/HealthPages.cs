using System.Net;
using System.Text.Json;
using Distributed.Silo.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Health;

/// <summary>GET /health/live: the process answers. GET /health/ready: it may be given work or clients; 503 and the reasons when not.</summary>
internal sealed partial class HealthPages(ServeSettings settings, ReadyChecks checks, ILogger<HealthPages> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Listen.HealthPort is not { } port) return;
        using HttpListener listener = new();
        foreach (string host in Hosts(settings.Listen.HealthAddress)) listener.Prefixes.Add(Invariant($"http://{host}:{port}/"));
        listener.Start();
        using var stop = stoppingToken.Register(listener.Stop);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Answer(await listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // Whoever asked is gone, or the silo leaves.
                if (!stoppingToken.IsCancellationRequested) LogNotAnswered(error);
            }
        }
    }

    /// <summary>By what names it may be asked.</summary>
    private static string[] Hosts(IPAddress address) =>
        address.Equals(IPAddress.Any) ? ["*"] : IPAddress.IsLoopback(address) ? [$"{address}", "localhost"] : [$"{address}"];

    private async Task Answer(HttpListenerContext asked)
    {
        var (status, body) = asked.Request.Url?.AbsolutePath switch
        {
            "/health/live" => (HttpStatusCode.OK, new Dictionary<string, string?> { ["process"] = "ok" }),
            "/health/ready" => await Ready(),
            _ => (HttpStatusCode.NotFound, new Dictionary<string, string?> { ["error"] = "ask /health/live or /health/ready" }),
        };
        using var response = asked.Response;
        response.StatusCode = (int)status;
        response.ContentType = "application/json";
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(body);
        await response.OutputStream.WriteAsync(text);
    }

    private async Task<(HttpStatusCode Status, Dictionary<string, string?> Body)> Ready()
    {
        var found = await checks.Run();
        return (found.Values.All(wrong => wrong is null) ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable,
            found.ToDictionary(check => check.Key, string? (check) => check.Value ?? "ok"));
    }

    [LoggerMessage(LogLevel.Debug, "A question for health was not answered")]
    private partial void LogNotAnswered(Exception exception);
}
