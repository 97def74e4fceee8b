using System.Collections.Concurrent;
using System.Net;

namespace Distributed.Silo.Tests.Notifying;

/// <summary>A real HTTP server on loopback that answers as it is told, or never.</summary>
internal sealed class HookServer : IDisposable
{
    /// <summary>Instead of a status: the request is never answered.</summary>
    public const int Never = 0;

    private readonly HttpListener _listener = new();
    private readonly Queue<int> _answers;
    private readonly List<HttpListenerContext> _hanging = [];

    /// <param name="answers">The status of each request in turn; the last one also of all that follow.</param>
    public HookServer(params int[] answers)
    {
        _answers = new(answers);
        using (System.Net.Sockets.TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            Url = Invariant($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/hook");
        }

        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _ = Serve();
    }

    public string Url { get; }

    public ConcurrentQueue<(string Method, string Body, System.Collections.Specialized.NameValueCollection Headers)> Requests { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        try
        {
            while (true) await Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using StreamReader reader = new(context.Request.InputStream);
        Requests.Enqueue((context.Request.HttpMethod, await reader.ReadToEndAsync(), new(context.Request.Headers)));
        int status = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        if (status == Never)
        {
            _hanging.Add(context);
            return;
        }

        context.Response.StatusCode = status;
        if (status is >= 300 and < 400) context.Response.RedirectLocation = Url;
        context.Response.Close();
    }
}
