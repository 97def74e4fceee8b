namespace Distributed.Silo;

/// <summary>A trial that belongs to no sweep: nobody stops it early, nobody else computes, and what it tells becomes lines.</summary>
/// <param name="tell">Is told each phase and, while it is trained, each tenth of the way.</param>
/// <param name="cancelled">Gives up.</param>
internal sealed class SingleTrialContext(Action<string> tell, CancellationToken cancelled) : ITrialContext
{
    private TrialPhase? _phase;
    private double _epochs;
    private int _tenth;

    public CancellationToken Cancelled => cancelled;

    public bool DrainRequested => false;

    public void Report(TrialProgress progress)
    {
        int tenth = progress.Epochs > 0 ? (int)(10 * progress.Epoch / progress.Epochs) : 0;
        if (progress.Phase == _phase && progress.Epochs == _epochs && tenth <= _tenth) return;
        (_phase, _epochs, _tenth) = (progress.Phase, progress.Epochs, tenth);
        tell(Line(progress));
    }

    public void StepBoundary()
    {
    }

    public void Checkpointed(Checkpoint checkpoint)
    {
    }

    public string? AtRung(RungReport report) => null;

    public IDisposable MeasureAlone() => new Alone();

    private static string Line(TrialProgress progress)
    {
        string phase = progress.Phase switch
        {
            TrialPhase.FineTuning => "fine-tuning",
            var other => other.ToString().ToLowerInvariant(),
        };
        string standing = (progress.Phase, progress.Epochs) switch
        {
            (_, <= 0) => "",
            (TrialPhase.Profiling, _) => Invariant($" {progress.Epoch:0} of {progress.Epochs:0}"),
            _ => Invariant($" epoch {progress.Epoch:0.0} of {progress.Epochs:0.##}"),
        };
        string loss = progress.Loss is { } value ? Invariant($", loss {value:0.000}") : "";
        return phase + standing + loss;
    }

    private sealed class Alone : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
