using System.Diagnostics;
using System.IO.Pipes;
using System.Threading.Channels;
using Distributed.Silo.Devices;

namespace Distributed.Silo.Executors;

/// <summary>The worker's side of one executor process.</summary>
internal sealed class ExecutorProcess : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private static readonly Lock Starting = new();
    private readonly Process _process;
    private readonly AnonymousPipeServerStream _commands;
    private readonly AnonymousPipeServerStream _events;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<FromExecutor> _said = Channel.CreateUnbounded<FromExecutor>(new() { SingleReader = true });
    private readonly Queue<string> _lines = new();
    private readonly Thread _errors;
    private readonly long _killsBefore = OutOfMemoryKills.Count();
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ExecutorProcess(Process process, AnonymousPipeServerStream commands, AnonymousPipeServerStream events)
    {
        (_process, _commands, _events) = (process, commands, events);
        // Threads of their own: reading a pipe blocks, and a few blocked threads of the pool would starve the silo.
        // Without the context of the attempt that happened to need the process: they outlive it.
        new Thread(Listen) { IsBackground = true, Name = "executor" }.UnsafeStart();
        new Thread(() => KeepAll(_process.StandardOutput)) { IsBackground = true, Name = "executor's stdout" }.UnsafeStart();
        _errors = new(() => KeepAll(_process.StandardError)) { IsBackground = true, Name = "executor's stderr" };
        _errors.UnsafeStart();
    }

    /// <summary>What it says; completes when the process is gone.</summary>
    public ChannelReader<FromExecutor> Said => _said.Reader;

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it can be given another attempt.</summary>
    public bool IsUsable => !_process.HasExited && !_silent.Task.IsCompleted;

    /// <summary>Starts a process.</summary>
    /// <remarks>One at a time: a process started in between would inherit the other's pipes and keep them open after its death.</remarks>
    public static ExecutorProcess Start(ExecutorLaunch launch, string slot, SlotDevice device)
    {
        lock (Starting)
        {
            AnonymousPipeServerStream commands = new(PipeDirection.Out, HandleInheritability.Inheritable);
            AnonymousPipeServerStream events = new(PipeDirection.In, HandleInheritability.Inheritable);
            try
            {
                var process = Process.Start(launch.Start(slot, device, commands.GetClientHandleAsString(), events.GetClientHandleAsString()))
                    ?? throw new InvalidOperationException($"'{launch.File}' did not start.");
                return new(process, commands, events);
            }
            finally
            {
                commands.DisposeLocalCopyOfClientHandle();
                events.DisposeLocalCopyOfClientHandle();
            }
        }
    }

    /// <summary>Tells it something; nothing happens when it is gone.</summary>
    public async Task Tell(ToExecutor message)
    {
        await _writing.WaitAsync();
        try
        {
            await Frames.Write(_commands, message);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It is gone; the end of what it says tells so.
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Why a process that is gone died, as the failure of what it was running.</summary>
    public async Task<TrialOutcome.Failed> Death()
    {
        await _process.WaitForExitAsync();
        _errors.Join(LastWords);
        string lines;
        lock (_lines) lines = string.Join("\n", _lines);
        string said = lines.Length == 0 ? "It said nothing." : $"Its last lines: {lines}";
        bool starved = _process.ExitCode == OutOfMemoryKills.ExitCode && OutOfMemoryKills.Count() != _killsBefore;
        return starved
            ? new(FailureKind.OutOfMemory, Invariant($"The system killed the executor for want of memory (exit code {_process.ExitCode}). {said}"))
            : new(FailureKind.ProcessDied, Invariant($"The executor died with exit code {_process.ExitCode}. {said}"));
    }

    /// <summary>Ends it: at the end of its commands it sends what it has left to tell of itself and exits; if it does not, it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await Task.WhenAny(_silent.Task, Task.Delay(Farewell, TimeProvider.System));
        Kill();
        await _silent.Task;
        await _process.WaitForExitAsync();
        await _events.DisposeAsync();
        _process.Dispose();
        _writing.Dispose();
    }

    private void Listen()
    {
        try
        {
            while (Frames.ReadNow<FromExecutor>(_events) is { } message) _said.Writer.TryWrite(message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            Keep($"Its messages cannot be read: {e.Message}");
            Kill();
        }
        finally
        {
            // In this order whoever hears the end finds it unusable.
            _silent.TrySetResult();
            _said.Writer.TryComplete();
        }
    }

    private void KeepAll(StreamReader stream)
    {
        try
        {
            while (stream.ReadLine() is { } line) Keep(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is gone, and so is whatever it had to say.
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept) _lines.Dequeue();
        }
    }
}
