using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Distributed.Testing;

/// <summary>A server of another maker, started for a test on loopback with its data in a folder of its own.</summary>
/// <remarks>A process that is left behind by a killed test run is seen by its temporary folder.</remarks>
public abstract class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private Process? _process;

    /// <summary>The port, the same for all its lives.</summary>
    public int Port { get; } = FreePort();

    /// <summary>Its data; removed with the server.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("distributed-server-").FullName;

    /// <summary>Its process, while there is one.</summary>
    public int ProcessId => Running.Id;

    private Process Running => _process ?? throw new InvalidOperationException("The server does not run.");

    /// <summary>Starts it, or starts it again on the same port and data, and waits until it answers.</summary>
    public async Task Start(CancellationToken cancellation = default)
    {
        if (_process is not null) throw new InvalidOperationException("The server runs already.");
        var start = Program();
        (start.RedirectStandardOutput, start.RedirectStandardError, start.UseShellExecute) = (true, true, false);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        while (!await Answers(limit.Token))
        {
            if (_process.HasExited) throw new InvalidOperationException($"{start.FileName} ended with exit code {_process.ExitCode}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
        }
    }

    /// <summary>kill -9: nothing is said and nothing saved.</summary>
    public async Task Kill()
    {
        var process = Running;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        Forget();
    }

    /// <summary>SIGTERM: it saves what it has, and ends.</summary>
    public async Task Stop()
    {
        var process = Running;
        await Signal("TERM");
        await process.WaitForExitAsync();
        Forget();
    }

    /// <summary>SIGSTOP: connections stay, nothing answers.</summary>
    public Task Freeze() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public Task Thaw() => Signal("CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await Kill();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>How it is started.</summary>
    protected abstract ProcessStartInfo Program();

    /// <summary>Whether a greeting is answered.</summary>
    protected abstract Task<bool> Answers(CancellationToken cancellation);

    /// <summary>The full path of a program on PATH, or null.</summary>
    protected static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <summary>A port of loopback that nobody listens at.</summary>
    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task Signal(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Invariant($"{Running.Id}")]);
        await kill.WaitForExitAsync();
    }

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }
}
