using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo.Serving;

/// <summary>When a silo leaves: on SIGTERM and SIGHUP, on SIGINT, and with its parent.</summary>
/// <remarks>
/// A silo that has a parent passes SIGINT over: a terminal sends it to the whole group, and the parent decides what an interruption
/// means. It leaves when the parent closes its end of our stdin, if that is a pipe, or is gone.
/// </remarks>
internal sealed class SiloLifetime(IHostApplicationLifetime application, ServeSettings settings, TimeProvider time) : IHostLifetime, IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private readonly List<IDisposable> _watched = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        On(PosixSignal.SIGTERM, leave: true);
        On(PosixSignal.SIGHUP, leave: true);
        On(PosixSignal.SIGQUIT, leave: true);
        On(PosixSignal.SIGINT, leave: settings.Parent is null);
        if (settings.Parent is { } parent)
        {
            _watched.Add(time.CreateTimer(_ => LeaveWithout(parent), null, Glance, Glance));
            if (InputIsPipe()) new Thread(LeaveAtEndOfInput) { IsBackground = true, Name = "stdin" }.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        foreach (var watched in _watched) watched.Dispose();
    }

    private void On(PosixSignal signal, bool leave) => _watched.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        if (leave) application.StopApplication();
    }));

    private void LeaveWithout(int parent)
    {
        if (!ProcessLife.IsAlive(parent)) application.StopApplication();
    }

    private void LeaveAtEndOfInput()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
        }

        application.StopApplication();
    }

    /// <summary>A terminal or /dev/null ends when it likes; only a pipe has somebody at its other end.</summary>
    private static bool InputIsPipe()
    {
        if (!OperatingSystem.IsLinux()) return Console.IsInputRedirected;
        string? target = File.ResolveLinkTarget("/proc/self/fd/0", returnFinalTarget: false)?.Name;
        return target is not null && (target.StartsWith("pipe:", StringComparison.Ordinal) || target.StartsWith("socket:", StringComparison.Ordinal));
    }
}
