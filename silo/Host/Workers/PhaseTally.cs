using Distributed.Contracts;

namespace Distributed.Silo.Workers;

/// <summary>The phases that an attempt entered, until its sweep has confirmed to know of them: some last shorter than the time between two heartbeats.</summary>
/// <remarks>May be called from any task.</remarks>
internal sealed class PhaseTally(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<(int Ordinal, TrialPhase Phase, long Entered)> _untold = new();
    private TrialPhase? _last;
    private int _count;

    /// <summary>The phase entered last; null before the first.</summary>
    public TrialPhase? Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>Whether some are not confirmed.</summary>
    public bool HasUntold
    {
        get
        {
            lock (_gate) return _untold.Count > 0;
        }
    }

    /// <summary>Takes a report in.</summary>
    /// <returns>Whether it is of another phase than the one before.</returns>
    public bool Enter(TrialPhase phase)
    {
        lock (_gate)
        {
            if (_last == phase) return false;
            _last = phase;
            _untold.Enqueue((_count++, phase, time.GetTimestamp()));
            return true;
        }
    }

    /// <summary>What is to be told, in order.</summary>
    public IReadOnlyList<EnteredPhase> Untold()
    {
        long now = time.GetTimestamp();
        lock (_gate) return [.. _untold.Select(phase => new EnteredPhase(phase.Ordinal, phase.Phase, time.GetElapsedTime(phase.Entered, Math.Max(now, phase.Entered))))];
    }

    /// <summary>The sweep answered to this.</summary>
    public void Told(IReadOnlyList<EnteredPhase>? phases)
    {
        if (phases is not [.., var last]) return;
        lock (_gate)
        {
            while (_untold.TryPeek(out var first) && first.Ordinal <= last.Ordinal) _untold.Dequeue();
        }
    }
}
