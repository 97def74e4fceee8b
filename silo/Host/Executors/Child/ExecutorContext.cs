using System.Diagnostics;

namespace Distributed.Silo.Executors;

/// <summary>What an attempt in an executor asks and tells, turned into messages. Asked by the attempt's thread, answered by the listening one.</summary>
internal sealed class ExecutorContext(Stream events) : ITrialContext, IDisposable
{
    private readonly Lock _writing = new();
    private readonly object _gate = new();
    private CancellationTokenSource _cancelled = new();
    private bool _drain;
    private int? _pause;
    private bool _granted;
    private ToExecutor.RungDecided? _decided;

    public CancellationToken Cancelled => _cancelled.Token;

    public bool DrainRequested => Volatile.Read(ref _drain);

    /// <summary>The attempt's span, as its assignment names it.</summary>
    public ActivityContext Trace { get; set; }

    /// <summary>
    /// An attempt was given; what was said to the one before is over, but for a pause: the gate ends those of whoever leaves it, and may
    /// pause an attempt before its assignment has come. Called by the listening thread, so that the order is that of the messages.
    /// </summary>
    public void Begin()
    {
        lock (_gate)
        {
            _cancelled.Dispose();
            _cancelled = new();
            (_drain, _granted, _decided) = (false, false, null);
        }
    }

    /// <summary>The process's pulse moved. Called by a timer, while the attempt's thread may hang.</summary>
    public void Moved() => Tell(new FromExecutor.Moved());

    /// <summary>The attempt has ended.</summary>
    public void End(TrialOutcome? outcome) => Tell(new FromExecutor.Ended(outcome));

    public void Report(TrialProgress progress) => Tell(new FromExecutor.Progressed(progress));

    public void Checkpointed(Checkpoint checkpoint) => Tell(new FromExecutor.Checkpointed(checkpoint));

    public void StepBoundary()
    {
        int? told = null;
        lock (_gate)
        {
            while (_pause is { } number && !_drain && !_cancelled.IsCancellationRequested)
            {
                if (told != number) Tell(new FromExecutor.Paused(number));
                told = number;
                Monitor.Wait(_gate);
            }
        }
    }

    public string? AtRung(RungReport report)
    {
        Tell(new FromExecutor.AtRung(report));
        lock (_gate)
        {
            while (_decided is null && !_cancelled.IsCancellationRequested) Monitor.Wait(_gate);
            string? stop = _decided is null ? "The attempt was cancelled." : _decided.Stop;
            _decided = null;
            return stop;
        }
    }

    public IDisposable MeasureAlone()
    {
        Tell(new FromExecutor.MeasureAsked());
        lock (_gate)
        {
            while (!_granted && !_cancelled.IsCancellationRequested) Monitor.Wait(_gate);
            _granted = false;
        }

        return new Measuring(this);
    }

    /// <summary>The worker said something.</summary>
    public void Take(ToExecutor message)
    {
        lock (_gate)
        {
            switch (message)
            {
                case ToExecutor.Cancel:
                    _cancelled.Cancel();
                    break;
                case ToExecutor.Drain:
                    Volatile.Write(ref _drain, true);
                    break;
                case ToExecutor.Pause pause:
                    _pause = pause.Number;
                    break;
                case ToExecutor.Resume:
                    _pause = null;
                    break;
                case ToExecutor.RungDecided decided:
                    _decided = decided;
                    break;
                case ToExecutor.MeasureGranted:
                    _granted = true;
                    break;
            }

            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose() => _cancelled.Dispose();

    private void Tell(FromExecutor message)
    {
        lock (_writing) Frames.WriteNow(events, message);
    }

    private sealed class Measuring(ExecutorContext context) : IDisposable
    {
        private bool _done;

        public void Dispose()
        {
            if (_done) return;
            _done = true;
            context.Tell(new FromExecutor.MeasureDone());
        }
    }
}
