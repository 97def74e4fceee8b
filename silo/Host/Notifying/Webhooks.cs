using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Notifying;

/// <summary>Posts notifications. Redirects are not followed, answers not read, cookies not kept.</summary>
/// <remarks>
/// Taken is what is answered with 2xx. A 4xx other than 408 and 429, and a redirect, will not get better: it is given up. All else (no
/// answer in time, no connection, 5xx) is tried again, each wait twice as long as the last. A silo that is told to stop waits a moment for
/// what is on its way.
/// </remarks>
internal sealed partial class Webhooks(WebhookOptions options, TimeProvider time, Func<string, string?> environment, ILogger<Webhooks> logger)
    : INotifier, IHostedService, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = options.Timeout,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _under = [];

    /// <inheritdoc/>
    public async Task<bool> Deliver(NotifySpec to, Notification notification, CancellationToken cancellation)
    {
        var delivery = DeliverAll(to, notification, cancellation);
        lock (_lock) _under.Add(delivery);
        try
        {
            return await delivery;
        }
        finally
        {
            lock (_lock) _under.Remove(delivery);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task all;
        lock (_lock) all = Task.WhenAll(_under);
        await all.WaitAsync(options.Grace, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> DeliverAll(NotifySpec to, Notification notification, CancellationToken cancellation)
    {
        string? secret = to.SecretEnv is { } name ? environment(name) : null;
        if (to.SecretEnv is not null && string.IsNullOrEmpty(secret))
        {
            LogNoSecret(notification.Id, to.SecretEnv);
            return false;
        }

        byte[] body = JsonSerializer.SerializeToUtf8Bytes(notification, SweepJson.Options);
        var wait = options.FirstWait;
        for (int attempt = 1; ; attempt++)
        {
            var (taken, found, hopeless) = await Try(new(to.Url), notification.Id, body, secret, cancellation);
            if (taken) return true;
            if (hopeless || attempt >= options.Tries)
            {
                LogGivenUp(notification.Id, attempt, found);
                return false;
            }

            LogTrying(notification.Id, attempt, found, wait);
            await Task.Delay(wait, time, cancellation);
            wait = wait * 2 < options.LongestWait ? wait * 2 : options.LongestWait;
        }
    }

    private async Task<(bool Taken, string Found, bool Hopeless)> Try(Uri url, string id, byte[] body, string? secret, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            using var request = Request(url, id, body, secret);
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (answer.IsSuccessStatusCode, Invariant($"it answered {(int)answer.StatusCode}"), IsHopeless(answer.StatusCode));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (false, Invariant($"it did not answer in {options.Timeout.TotalSeconds:0.#} s"), false);
        }
        catch (HttpRequestException e)
        {
            return (false, e.Message, false);
        }
    }

    private HttpRequestMessage Request(Uri url, string id, byte[] body, string? secret)
    {
        string timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(new("Distributed", typeof(Webhooks).Assembly.GetName().Version?.ToString(3)));
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
        if (secret is not null) request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(secret, timestamp, body));
        return request;
    }

    private static bool IsHopeless(HttpStatusCode status) =>
        (int)status is >= 300 and < 500 && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);
}
