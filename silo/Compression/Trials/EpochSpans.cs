using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>One span for each epoch of a training run.</summary>
internal sealed class EpochSpans(ITrialContext context, TrialPhase phase) : IDisposable
{
    private readonly string _name = phase == TrialPhase.FineTuning ? "finetune" : "train";
    private PhaseSpan? _span;
    private int _epoch = -1;

    /// <summary>A step of an epoch begins.</summary>
    public void Enter(int epoch)
    {
        if (epoch == _epoch) return;
        _span?.Dispose();
        _epoch = epoch;
        _span = context.Begin(_name);
        _span.Tag("epoch", epoch);
    }

    public void Dispose() => _span?.Dispose();
}
