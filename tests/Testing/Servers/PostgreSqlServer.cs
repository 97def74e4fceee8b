using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Distributed.Testing;

/// <summary>PostgreSQL on loopback; every commit is on the disk before it is acknowledged. Its user needs a password.</summary>
/// <remarks>It refuses to run as root; for root it runs as nobody.</remarks>
public sealed class PostgreSqlServer : ServerProcess
{
    private const string User = "distributed";
    private const string Database = "postgres";
    private const string Password = "the-password-of-this-test";
    private const string Nobody = "65534";
    private static readonly bool IsRoot = Environment.UserName == "root";

    private PostgreSqlServer()
    {
    }

    /// <summary>Why none can be started here; null when one can. For Assert.SkipWhen.</summary>
    public static string? Absent => (Found("postgres"), Found("initdb"), IsRoot ? OnPath("setpriv") : "") switch
    {
        (null, _, _) or (_, null, _) => "PostgreSQL is not installed; tests/servers installs it.",
        (_, _, null) => "PostgreSQL does not run as root, and setpriv, which gives root's rights up, is not installed.",
        _ => null,
    };

    /// <summary>As Npgsql takes it.</summary>
    public string ConnectionString => ConnectionWith(Password);

    private string Data => Path.Combine(Folder, "data");

    /// <summary>Starts an empty one.</summary>
    public static async Task<PostgreSqlServer> New(CancellationToken cancellation = default)
    {
        PostgreSqlServer server = new();
        await server.Initialize(cancellation);
        await server.Start(cancellation);
        return server;
    }

    /// <summary>The same with another password.</summary>
    public string ConnectionWith(string password) => Invariant($"Host=127.0.0.1;Port={Port};Database={Database};Username={User};Password={password}");

    /// <inheritdoc/>
    protected override ProcessStartInfo Program() => Humble(
        Found("postgres")!, "-D", Data, "-p", Invariant($"{Port}"), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=");

    /// <inheritdoc/>
    protected override async Task<bool> Answers(CancellationToken cancellation)
    {
        // The start of a conversation; while the server starts up, it answers with an error, and then by asking for the password ('R').
        byte[] words = Encoding.ASCII.GetBytes($"user\0{User}\0database\0{Database}\0\0"), message = new byte[8 + words.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 3 << 16);
        words.CopyTo(message, 8);
        try
        {
            using TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", Port, cancellation);
            await client.GetStream().WriteAsync(message, cancellation);
            byte[] answer = new byte[1];
            return await client.GetStream().ReadAsync(answer, cancellation) == 1 && answer[0] == 'R';
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private async Task Initialize(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Folder, (UnixFileMode)0b111_111_111);
        string password = Path.Combine(Folder, "password");
        await File.WriteAllTextAsync(password, Password, cancellation);
        var start = Humble(Found("initdb")!, "-D", Data, "-U", User, "-A", "scram-sha-256", "--pwfile", password, "-E", "UTF8", "--locale", "C");
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var initdb = Process.Start(start)!;
        var (said, failed) = (initdb.StandardOutput.ReadToEndAsync(cancellation), initdb.StandardError.ReadToEndAsync(cancellation));
        await initdb.WaitForExitAsync(cancellation);
        if (initdb.ExitCode != 0) throw new InvalidOperationException($"initdb failed: {await said}{await failed}");
    }

    /// <summary>The start of one of its programs, by somebody who is not root.</summary>
    private ProcessStartInfo Humble(string program, params string[] arguments)
    {
        string[] all = [program, .. arguments];
        if (IsRoot) all = [OnPath("setpriv")!, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. all];
        return new(all[0], all[1..]) { WorkingDirectory = Folder };
    }

    /// <summary>On PATH, or where Debian puts what belongs to one version.</summary>
    private static string? Found(string program) => OnPath(program) ?? (Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", program)).Where(File.Exists).Order().LastOrDefault()
        : null);
}
