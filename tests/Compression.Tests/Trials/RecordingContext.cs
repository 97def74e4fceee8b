using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

/// <summary>What a worker would answer an attempt, set beforehand, and all that the attempt said.</summary>
internal sealed class RecordingContext : ITrialContext, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private int _boundaries;

    /// <summary>Drains from this boundary on; null for never.</summary>
    public int? DrainAt { get; init; }

    /// <summary>Cancels at this boundary; null for never.</summary>
    public int? CancelAt { get; init; }

    /// <summary>Gives the trial up at this rung; null for never.</summary>
    public int? StopAt { get; init; }

    /// <summary>Called at each boundary.</summary>
    public Action? AtBoundary { get; init; }

    public List<TrialPhase> Phases { get; } = [];

    public List<TrialProgress> Progress { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    public List<RungReport> Rungs { get; } = [];

    public int Measurements { get; private set; }

    public CancellationToken Cancelled => _cancellation.Token;

    public bool DrainRequested => _boundaries >= DrainAt;

    public void Report(TrialProgress progress)
    {
        Progress.Add(progress);
        if (Phases.Count == 0 || Phases[^1] != progress.Phase) Phases.Add(progress.Phase);
    }

    public void StepBoundary()
    {
        AtBoundary?.Invoke();
        if (++_boundaries == CancelAt) _cancellation.Cancel();
    }

    public void Checkpointed(Checkpoint checkpoint) => Checkpoints.Add(checkpoint);

    public string? AtRung(RungReport report)
    {
        Rungs.Add(report);
        return report.Rung == StopAt ? "the test gives it up" : null;
    }

    public IDisposable MeasureAlone()
    {
        Measurements++;
        return new MemoryStream();
    }

    public void Dispose() => _cancellation.Dispose();
}
