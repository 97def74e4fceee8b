using System.Diagnostics;

namespace Distributed.Testing;

/// <summary>Azurite's blob service on loopback.</summary>
/// <remarks>
/// It writes its index every five seconds and when it is told to stop: <see cref="ServerProcess.Kill"/> loses what it acknowledged since,
/// which Azure does not. A test of what our side loses stops or freezes it instead, or waits for <see cref="Saved"/> before it kills.
/// </remarks>
public sealed class AzuriteServer : ServerProcess
{
    private const string Account = "devstoreaccount1";

    // The key of the emulator, the same everywhere and no secret.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan TwoSaves = TimeSpan.FromSeconds(11);

    private AzuriteServer()
    {
    }

    /// <summary>Why none can be started here; null when one can. For Assert.SkipWhen.</summary>
    public static string? Absent => Found is null ? "Azurite is not installed; tests/servers installs it." : null;

    /// <summary>As Azure.Storage.Blobs takes it.</summary>
    public string ConnectionString => Invariant(
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{Port}/{Account};");

    private static string? Found => Installed() is { } file && File.Exists(file) ? file : OnPath("azurite-blob");

    /// <summary>Starts an empty one.</summary>
    public static async Task<AzuriteServer> New(CancellationToken cancellation = default)
    {
        AzuriteServer server = new();
        await server.Start(cancellation);
        return server;
    }

    /// <summary>Ends when all that was acknowledged so far would outlive a kill: after the next save, or when there was nothing to save.</summary>
    public async Task Saved(CancellationToken cancellation = default)
    {
        string index = Path.Combine(Folder, "__azurite_db_blob__.json");
        var asked = TimeProvider.System.GetUtcNow().UtcDateTime;
        while ((!File.Exists(index) || File.GetLastWriteTimeUtc(index) <= asked) && TimeProvider.System.GetUtcNow().UtcDateTime < asked + TwoSaves)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
    }

    /// <inheritdoc/>
    protected override ProcessStartInfo Program() => new(Found!,
    [
        "--blobHost", "127.0.0.1", "--blobPort", Invariant($"{Port}"), "--location", Folder, "--silent", "--disableTelemetry",
    ]);

    /// <inheritdoc/>
    protected override async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            using HttpClient client = new();
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{Port}/{Account}?comp=list"), cancellation);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string? Installed()
    {
        static string? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
        string? cache = Given("XDG_CACHE_HOME") ?? (Given("HOME") is { } home ? Path.Combine(home, ".cache") : null);
        string? tools = Given("DISTRIBUTED_TOOLS") ?? (cache is null ? null : Path.Combine(cache, "distributed-tools"));
        return tools is null ? null : Path.Combine(tools, "node_modules", ".bin", "azurite-blob");
    }
}
