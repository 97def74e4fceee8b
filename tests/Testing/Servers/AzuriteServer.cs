using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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

    private readonly X509Certificate2? _certificate;

    private AzuriteServer(X509Certificate2? certificate) => _certificate = certificate;

    /// <summary>Why none can be started here; null when one can. For Assert.SkipWhen.</summary>
    public static string? Absent => Found is null ? "Azurite is not installed; tests/servers installs it." : null;

    /// <summary>As Azure.Storage.Blobs takes it.</summary>
    public string ConnectionString => Invariant(
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{Port}/{Account};");

    private static string? Found => Installed() is { } file && File.Exists(file) ? file : OnPath("azurite-blob");

    /// <summary>A container as whoever runs the program asks for it; only one that <see cref="ForIdentities"/> started has such.</summary>
    public string ContainerOfIdentity(string name) => Invariant($"https://127.0.0.1:{Port}/{Account}/{name}");

    /// <summary>The certificate that a program must trust to speak with one that <see cref="ForIdentities"/> started, as PEM.</summary>
    public string CertificateFile => Path.Combine(Folder, "certificate.pem");

    private string KeyFile => Path.Combine(Folder, "key.pem");

    /// <summary>Starts an empty one.</summary>
    public static async Task<AzuriteServer> New(CancellationToken cancellation = default)
    {
        AzuriteServer server = new(null);
        await server.Start(cancellation);
        return server;
    }

    /// <summary>Starts an empty one that takes tokens of identities instead of the account's key: by TLS, with a certificate of its own.</summary>
    /// <remarks>Of a token it checks issuer, audience and time; signature and roles are Azure's to check.</remarks>
    public static async Task<AzuriteServer> ForIdentities(CancellationToken cancellation = default)
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        AzuriteServer server = new(request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1)));
        await File.WriteAllTextAsync(server.CertificateFile, server._certificate!.ExportCertificatePem(), cancellation);
        await File.WriteAllTextAsync(server.KeyFile, key.ExportPkcs8PrivateKeyPem(), cancellation);
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
        .. _certificate is null ? Array.Empty<string>() : ["--oauth", "basic", "--cert", CertificateFile, "--key", KeyFile],
    ]);

    /// <inheritdoc/>
    protected override async Task<bool> Answers(CancellationToken cancellation)
    {
        try
        {
            using HttpClientHandler handler = new()
            {
                ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == _certificate?.Thumbprint,
            };
            using HttpClient client = new(handler);
            using var answer = await client.GetAsync(new Uri($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{Port}/{Account}?comp=list"), cancellation);
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
