using System.ComponentModel;
using System.Diagnostics;

namespace Distributed.Client.Sessions;

/// <summary>A silo that this console started. It ends with the console: told to stop when disposed, and by itself when its input closes.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly Queue<string> _errors = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly CancellationToken _hurry;

    private SiloProcess(Process process, TimeProvider time, CancellationToken hurry)
    {
        (_process, _time, _hurry) = (process, time, hurry);
        _process.EnableRaisingEvents = true;
        _process.Exited += (_, _) => _gone.Cancel();
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Cancelled when the process has ended.</summary>
    public CancellationToken Gone => _gone.Token;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a silo and waits until it answers.</summary>
    /// <param name="start">How.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hurry">Once cancelled, the silo is killed instead of waited for.</param>
    /// <exception cref="SiloFailedException">It ended or was silent.</exception>
    /// <exception cref="InvalidInputException">It refused what it was given.</exception>
    public static async Task<(SiloProcess Process, SiloAddress Address)> Start(ProcessStartInfo start, TimeProvider time, CancellationToken hurry)
    {
        SiloProcess silo = new(Begin(start), time, hurry);
        try
        {
            var address = await silo.Ready(hurry);
            _ = silo._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return (silo, address);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a process.</summary>
    /// <exception cref="SiloFailedException">It cannot be started.</exception>
    public static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new SiloFailedException($"The silo cannot be started by '{start.FileName}': {error.Message}");
        }
    }

    /// <summary>How it ended and the last that it said.</summary>
    public string LastWords()
    {
        string code = _process.HasExited ? Invariant($"The silo ended with exit code {_process.ExitCode}.") : "The silo does not answer.";
        lock (_errors) return string.Join("\n  ", _errors.Prepend(code));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.StandardInput.Close();
                Termination.Ask(_process);
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_hurry);
                using var timer = _time.CreateTimer(_ => limit.Cancel(), null, StopLimit, Timeout.InfiniteTimeSpan);
                await _process.WaitForExitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private async Task<SiloAddress> Ready(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var timer = _time.CreateTimer(_ => limit.Cancel(), null, StartLimit, Timeout.InfiniteTimeSpan);
        try
        {
            string? said = null;
            while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                if (SiloAddress.Parse(line) is { } address) return address;
                said = line;
            }

            await _process.WaitForExitAsync(limit.Token);
            throw SiloRefusal.Parse(said) ?? (Exception)new SiloFailedException(LastWords());
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SiloFailedException($"The silo was not ready after {StartLimit.TotalSeconds:0} s. {LastWords()}");
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_errors)
        {
            _errors.Enqueue(line);
            if (_errors.Count > LinesKept) _errors.Dequeue();
        }
    }
}
