using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Distributed.Otlp;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>What nobody may read anywhere: a sweep with networks that train, from its launch to its models, and then everything that it left is searched.</summary>
[Collection(Clusters.Main)]
public sealed partial class SecretsTests : IAsyncLifetime
{
    private const string WebhookKey = "webhook-key-that-is-told-to-nobody";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly HttpListener _hook = new();
    private OtlpReceiver? _receiver;

    private OtlpReceiver Receiver => _receiver!;

    public async ValueTask InitializeAsync() => _receiver = await OtlpReceiver.Start();

    public async ValueTask DisposeAsync()
    {
        _hook.Close();
        if (_receiver is not null) await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task No_secret_stands_in_any_artifact_log_trace_or_output()
    {
        string url = "";
        for (int port = 40000; !_hook.IsListening; port++) url = Listen(port);
        Dictionary<string, string> variables = new(Receiver.Environment) { ["DISTRIBUTED_NOTIFY_KEY"] = WebhookKey };
        await using var cluster = await ClusterUnderTest.Start(controls: 1, workers: 1, slots: 1, azurite: true, program: Repository.Silo, variables: variables);
        string file = Path.Combine(cluster.Folder, "small.yaml");
        await File.WriteAllTextAsync(file, SweepFiles.Shapes(trials: 1, extra: $"notify: {{ url: \"{url}\", events: [finished], secret-env: DISTRIBUTED_NOTIFY_KEY }}"), TestContext.Current.CancellationToken);
        StringBuilder said = new();
        said.Append(await cluster.Console(0, ["sweep", "launch", file]));
        string signature = await Notified();
        said.Append(await cluster.Console(0, ["sweep", "show", "small", "--json"]));
        said.Append(await cluster.Console(0, ["model", "pull", "small", "--all", "-o", Path.Combine(cluster.Folder, "models")]));
        said.Append(await cluster.Console(0, ["cluster", "--json"]));
        string token = await Dashboard(cluster);
        Assert.StartsWith("v1=", signature, StringComparison.Ordinal);

        string[] secrets = [ClusterUnderTest.Secret, AccountKey().Match(cluster.Azurite!.ConnectionString).Groups[1].Value, WebhookKey, token];
        Assert.All(secrets, secret => Assert.True(secret.Length >= 16));
        foreach (string text in (string[])[said.ToString(), string.Join('\n', cluster.Silos.SelectMany(silo => silo.Said))]) Nothing("output", Encoding.UTF8.GetBytes(text));
        foreach (byte[] body in Receiver.Bodies) Nothing("telemetry", body);
        foreach (string folder in (string[])[cluster.Azurite.Folder, cluster.Redis.Folder, cluster.Folder])
        {
            foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)) Nothing(path, await Read(path));
        }

        // The search finds what is there.
        Assert.Contains(Receiver.Bodies, body => Holds(body, "distributed-executor"));
        Assert.Contains(Directory.EnumerateFiles(cluster.Azurite.Folder, "*", SearchOption.AllDirectories), path => Holds(File.ReadAllBytes(path), "DISTRIBUTED_NOTIFY_KEY"));

        void Nothing(string where, byte[] content) => Assert.All(secrets, secret => Assert.False(Holds(content, secret), $"'{secret}' stands in {where}"));
    }

    private string Listen(int port)
    {
        string url = Invariant($"http://127.0.0.1:{port}/hook/");
        _hook.Prefixes.Clear();
        _hook.Prefixes.Add(url);
        try
        {
            _hook.Start();
        }
        catch (HttpListenerException)
        {
            // The port is somebody else's.
        }

        return url;
    }

    /// <summary>Takes the notification of the sweep's end.</summary>
    private async Task<string> Notified()
    {
        var context = await _hook.GetContextAsync().WaitAsync(Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        context.Response.StatusCode = 204;
        context.Response.Close();
        return context.Request.Headers["Distributed-Signature"] ?? "";
    }

    /// <summary>Looks at a page beyond loopback.</summary>
    /// <returns>The token that was printed, once.</returns>
    private static async Task<string> Dashboard(ClusterUnderTest cluster)
    {
        using var console = cluster.StartConsole(["dashboard", "--listen", "0.0.0.0", "--port", "0"]);
        await console.Says("Ctrl-C ends it");
        var printed = Address().Match(console.Error);
        using HttpClient http = new();
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{printed.Groups[1].Value}/?token={printed.Groups[2].Value}"), TestContext.Current.CancellationToken);
        Assert.Contains("small", page, StringComparison.Ordinal);
        console.Interrupt();
        await console.Ended();
        return printed.Groups[2].Value;
    }

    private static bool Holds(byte[] content, string text) => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<byte[]> Read(string path)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or IOException)
        {
            return []; // A lock, or gone meanwhile.
        }
    }

    [GeneratedRegex("AccountKey=([^;]+)")]
    private static partial Regex AccountKey();

    [GeneratedRegex(@"http://[^\s/]+:(\d+)/\?token=(\S+)")]
    private static partial Regex Address();
}
