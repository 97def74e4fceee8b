using System.Diagnostics;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>Lets an attempt run as it likes and adds up how long it was in each phase.</summary>
internal sealed class PhaseClock : ITrialContext
{
    private readonly Dictionary<TrialPhase, double> _milliseconds = [];
    private TrialPhase _phase = TrialPhase.Loading;
    private long _since = Stopwatch.GetTimestamp();
    private int _epoch;

    /// <summary>What the attempt is called in a line on the error stream for each of its phases and epochs; null for no lines.</summary>
    public string? Told { get; init; }

    /// <summary>Answers at rungs: why the trial is given up, or null.</summary>
    public Func<RungReport, string?> Decide { get; init; } = _ => null;

    /// <summary>The attempt's span; default for none.</summary>
    public ActivityContext Trace { get; init; }

    public CancellationToken Cancelled => CancellationToken.None;

    public bool DrainRequested => false;

    /// <summary>Milliseconds in a phase; 0 where it was not entered.</summary>
    public double In(TrialPhase phase) => _milliseconds.GetValueOrDefault(phase);

    /// <summary>Closes the last phase.</summary>
    public void Stop() => Enter(_phase);

    public void Report(TrialProgress progress)
    {
        Tell(progress);
        Enter(progress.Phase);
    }

    public void StepBoundary()
    {
    }

    public void Checkpointed(Checkpoint checkpoint)
    {
    }

    public string? AtRung(RungReport report) => Decide(report);

    public IDisposable MeasureAlone() => new Nothing();

    private void Tell(TrialProgress progress)
    {
        if (Told is null || (progress.Phase == _phase && (int)progress.Epoch == _epoch)) return;
        _epoch = (int)progress.Epoch;
        string epochs = progress.Epochs > 0 ? Invariant($", epoch {_epoch} of {progress.Epochs:0.#}") : "";
        string speed = progress.ImagesPerSecond is { } images ? Invariant($", {images:0} images a second") : "";
        Console.Error.WriteLine($"{Told}: {progress.Phase}{epochs}{speed}");
    }

    private void Enter(TrialPhase phase)
    {
        long now = Stopwatch.GetTimestamp();
        _milliseconds[_phase] = In(_phase) + Stopwatch.GetElapsedTime(_since, now).TotalMilliseconds;
        (_phase, _since) = (phase, now);
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
