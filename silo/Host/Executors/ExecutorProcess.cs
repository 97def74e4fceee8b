using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;
using System.Threading.Channels;
using Distributed.Silo.Devices;

namespace Distributed.Silo.Executors;

/// <summary>The worker's side of one executor process.</summary>
internal sealed class ExecutorProcess : IAsyncDisposable
{
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);
    private static readonly Lock Starting = new();
    private readonly Process _process;
    private readonly AnonymousPipeServerStream _commands;
    private readonly AnonymousPipeServerStream _events;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Channel<FromExecutor> _said = Channel.CreateUnbounded<FromExecutor>(new() { SingleReader = true });
    private readonly PrintedLines _lines = new();
    private readonly Thread _errors;
    private readonly long _killsBefore = OutOfMemoryKills.Count();
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ExecutorProcess(Process process, AnonymousPipeServerStream commands, AnonymousPipeServerStream events)
    {
        (_process, _commands, _events) = (process, commands, events);
        // Threads of their own: reading a pipe blocks, and a few blocked threads of the pool would starve the silo.
        // Without the context of the attempt that happened to need the process: they outlive it.
        new Thread(Listen) { IsBackground = true, Name = "executor" }.UnsafeStart();
        new Thread(() => _lines.KeepAll(_process.StandardOutput)) { IsBackground = true, Name = "executor's stdout" }.UnsafeStart();
        _errors = new(() => _lines.KeepAll(_process.StandardError)) { IsBackground = true, Name = "executor's stderr" };
        _errors.UnsafeStart();
    }

    /// <summary>What it says; completes when the process is gone.</summary>
    public ChannelReader<FromExecutor> Said => _said.Reader;

    /// <summary>Whether it moves.</summary>
    public SignsOfLife Signs { get; } = new();

    /// <summary>The last lines that it printed, as a sentence.</summary>
    public string LastLines => _lines.ToString();

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
            Signs.Tell(message);
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
    /// <remarks>A process that hangs inside a driver may outlive even SIGKILL: it counts as gone all the same, so that nobody waits for it.</remarks>
    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or AggregateException or Win32Exception)
        {
            // It has ended by itself, or the system cannot end all of it.
        }

        _ = GiveUp();
    }

    /// <summary>Why a process that is gone died, as the failure of what it was running.</summary>
    public async Task<TrialOutcome.Failed> Death()
    {
        await _process.WaitForExitAsync();
        _errors.Join(LastWords);
        bool starved = _process.ExitCode == OutOfMemoryKills.ExitCode && OutOfMemoryKills.Count() != _killsBefore;
        return starved
            ? new(FailureKind.OutOfMemory, Invariant($"The system killed the executor for want of memory (exit code {_process.ExitCode}). {LastLines}"))
            : new(FailureKind.ProcessDied, Invariant($"The executor died with exit code {_process.ExitCode}. {LastLines}"));
    }

    /// <summary>Ends it: at the end of its commands it sends what it has left to tell of itself and exits; if it does not, it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await Task.WhenAny(_silent.Task, Task.Delay(Farewell, TimeProvider.System));
        Kill();
        await _silent.Task;
        // One that cannot be ended stays as it is.
        if (!await HasExited()) return;
        _process.Dispose();
        _writing.Dispose();
    }

    private async Task<bool> HasExited()
    {
        using CancellationTokenSource patience = new(Farewell, TimeProvider.System);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Waits no longer for a process that was killed than for one that was asked to leave.</summary>
    private async Task GiveUp()
    {
        await Task.WhenAny(_silent.Task, Task.Delay(Farewell, TimeProvider.System));
        FallSilent();
    }

    /// <summary>Nothing more comes. In this order whoever hears the end finds it unusable.</summary>
    private void FallSilent()
    {
        _silent.TrySetResult();
        _said.Writer.TryComplete();
    }

    private void Listen()
    {
        try
        {
            while (Frames.ReadNow<FromExecutor>(_events) is { } message)
            {
                Signs.Hear(message);
                _said.Writer.TryWrite(message);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            _lines.Keep($"Its messages cannot be read: {e.Message}");
            Kill();
        }
        finally
        {
            FallSilent();
            // By the thread that reads it: closing it from another waits until what holds the other end has closed it.
            _events.Dispose();
        }
    }
}
