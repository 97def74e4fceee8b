using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using Distributed.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Distributed.Silo.Executors;

/// <summary>The executor's side: one thread reads what the worker says, the calling thread runs the attempts.</summary>
/// <remarks>
/// Speaks over inherited pipes of its own, so that whatever native code prints on stdout and stderr is no part of the conversation. Signals
/// that a terminal sends to a whole group are the worker's to answer; when the worker's end of the pipe closes, the process ends.
/// </remarks>
internal sealed partial class ExecutorHost(Stream commands, Stream events, Func<ITrialRunner> makeRunner, ILogger? logger = null) : IDisposable
{
    private readonly BlockingCollection<TrialAssignment> _assignments = [];
    private readonly ExecutorContext _context = new(events);
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private ITrialRunner? _runner;

    /// <summary>Runs attempts until the worker closes the pipe. Ends the process.</summary>
    public static int Run(string commands, string events, TimeSpan pulse, Func<ITrialRunner> runner)
    {
        using var terminal = Ignore(PosixSignal.SIGINT);
        using var hangUp = Ignore(PosixSignal.SIGHUP);
        using var quit = Ignore(PosixSignal.SIGQUIT);
        using var terminate = Ignore(PosixSignal.SIGTERM);
        using AnonymousPipeClientStream input = new(PipeDirection.In, commands);
        using AnonymousPipeClientStream output = new(PipeDirection.Out, events);
        var telemetry = ProcessTelemetry.Start("executor", ExecutorLaunch.Instance);
        using ExecutorHost host = new(input, output, runner, telemetry?.Logger);
        using var moves = host.ReportPulse(pulse, TimeProvider.System);
        host.Serve(code =>
        {
            telemetry?.Dispose();
            Environment.Exit(code);
        });
        return 0;
    }

    /// <summary>Tells the worker that the pulse of this process moves, until disposed.</summary>
    public PulseReport ReportPulse(TimeSpan every, TimeProvider time) => new(_context.Moved, every, time);

    /// <summary>Runs attempts on the calling thread until the pipe closes.</summary>
    /// <param name="exit">Ends the process even while an attempt is deep in native code.</param>
    public void Serve(Action<int> exit)
    {
        new Thread(() => Listen(exit)) { IsBackground = true, Name = "commands" }.Start();
        foreach (var assignment in _assignments.GetConsumingEnumerable())
        {
            _context.End(Attempt(assignment));
        }
    }

    public void Dispose()
    {
        _assignments.Dispose();
        _context.Dispose();
    }

    private TrialOutcome? Attempt(TrialAssignment assignment)
    {
        _context.Trace = TraceParent.Read(assignment.Trace);
        var outcome = AttemptBorder.Run(() => (_runner ??= makeRunner()).Run(assignment, _context), _context, Console.Error.WriteLine);
        // Never exported: it only tells the log's line which trace it belongs to.
        using var place = assignment.Trace is { } trace ? new Activity("attempt").SetParentId(trace).Start() : null;
        LogEnded(assignment.Epoch, assignment.Trial, assignment.Spec.Name, (outcome as TrialOutcome.Failed)?.Reason ?? outcome?.GetType().Name ?? "drained");
        return outcome;
    }

    [LoggerMessage(LogLevel.Information, "Attempt {Epoch} at trial {Trial} of sweep {Sweep} ended: {Ending}")]
    private partial void LogEnded(int epoch, TrialId trial, SweepId sweep, string ending);

    private void Listen(Action<int> exit)
    {
        const int Broken = 3;
        int code = 0;
        try
        {
            while (Frames.ReadNow<ToExecutor>(commands) is { } message)
            {
                if (message is ToExecutor.Run run)
                {
                    _context.Begin();
                    _assignments.Add(run.Assignment);
                }
                else
                {
                    _context.Take(message);
                }
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or ObjectDisposedException)
        {
            Console.Error.WriteLine($"The worker's messages cannot be read: {e.Message}");
            code = Broken;
        }

        exit(code);
    }

    private static PosixSignalRegistration Ignore(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);
}
