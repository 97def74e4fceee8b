using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Distributed.Testing;

/// <summary>What gives a process on Azure its managed identity's tokens: the endpoint of App Service and Container Apps, on loopback.</summary>
/// <remarks>
/// GET PATH?resource=URI&amp;api-version=2019-08-01 with the header X-IDENTITY-HEADER, as
/// https://learn.microsoft.com/azure/app-service/overview-managed-identity (REST endpoint reference) has it. Its tokens are not signed.
/// </remarks>
public sealed class IdentityEndpoint : IAsyncDisposable
{
    /// <summary>An issuer that the store's service knows.</summary>
    public const string KnownIssuer = "https://sts.windows.net/00000000-0000-0000-0000-000000000000/";

    private const string Resource = "https://storage.azure.com";
    private static readonly TimeSpan Valid = TimeSpan.FromHours(2);
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<string> _given = new();
    private readonly Task _serving;

    private IdentityEndpoint(string issuer)
    {
        (Issuer, Header) = (issuer, $"{Guid.NewGuid():N}");
        int port = ServerProcess.FreePort();
        Address = new(Invariant($"http://127.0.0.1:{port}/token"));
        _listener.Prefixes.Add(Invariant($"http://127.0.0.1:{port}/"));
        _listener.Start();
        _serving = Serve();
    }

    /// <summary>Who says that it made the tokens.</summary>
    public string Issuer { get; }

    /// <summary>The value of IDENTITY_ENDPOINT.</summary>
    public Uri Address { get; }

    /// <summary>The value of IDENTITY_HEADER: who does not know it gets no token.</summary>
    public string Header { get; }

    /// <summary>The tokens that were given, which nobody may repeat.</summary>
    public IReadOnlyCollection<string> Given => _given;

    /// <summary>Listens.</summary>
    public static IdentityEndpoint Start(string issuer = KnownIssuer) => new(issuer);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var (request, answer) = (context.Request, context.Response);
            bool known = request.Headers["X-IDENTITY-HEADER"] == Header && request.QueryString["resource"] == Resource;
            answer.StatusCode = known ? 200 : 401;
            if (known)
            {
                answer.ContentType = "application/json";
                await answer.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(Token().ToJsonString()));
            }

            answer.Close();
        }
    }

    private JsonObject Token()
    {
        var now = TimeProvider.System.GetUtcNow();
        JsonObject claims = new()
        {
            ["aud"] = Resource,
            ["iss"] = Issuer,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
            ["exp"] = (now + Valid).ToUnixTimeSeconds(),
        };
        string token = $"{Part(new() { ["alg"] = "none", ["typ"] = "JWT" })}.{Part(claims)}.{Part(new() { ["not"] = "signed" })}";
        _given.Enqueue(token);
        return new()
        {
            ["access_token"] = token,
            ["expires_on"] = Invariant($"{(now + Valid).ToUnixTimeSeconds()}"),
            ["resource"] = Resource,
            ["token_type"] = "Bearer",
        };
    }

    private static string Part(JsonObject value) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(value.ToJsonString()));
}
