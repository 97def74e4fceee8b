using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>One attempt on a simulated device: where it is asked, where it ends, how long each part takes.</summary>
internal sealed class SimulatedAttempt
{
    private readonly List<(int Rung, double Epochs)> _stops;
    private readonly TimeSpan _perEpoch;

    public SimulatedAttempt(SimulatedDevice device, TrialAssignment assignment, double epochs, SeededRandom chance)
    {
        (Device, Assignment) = (device, assignment);
        Epochs = assignment.Checkpoint?.Epochs ?? 0;
        double slower = chance.NextDouble() < device.Straggling ? 8 : 1;
        _perEpoch = TimeSpan.FromMinutes(slower / device.EpochsPerMinute);
        _stops = assignment.Trial.IsDense ? [] : [.. Rungs(assignment.Spec.EarlyStopping, epochs).Where(stop => stop.Epochs >= Epochs)];
        _stops.Add((-1, epochs));
        Fate = chance.NextDouble() is var fate && fate < device.Failing ? Fate.Fails
            : fate < device.Failing + device.Vanishing ? Fate.Vanishes : Fate.Ends;
        MishapAt = Fate == Fate.Ends ? int.MaxValue : chance.Next(_stops.Count);
    }

    public SimulatedDevice Device { get; }

    public TrialAssignment Assignment { get; }

    /// <summary>What becomes of it.</summary>
    public Fate Fate { get; }

    /// <summary>Stops that it passes before its mishap.</summary>
    public int MishapAt { get; }

    /// <summary>Stops that it has passed.</summary>
    public int Passed { get; private set; }

    /// <summary>Epochs done.</summary>
    public double Epochs { get; private set; }

    /// <summary>Whether nothing is heard of it.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How long it takes to the next stop.</summary>
    public TimeSpan ToNext => TimeSpan.FromSeconds(1) + (_perEpoch * (_stops[0].Epochs - Epochs));

    /// <summary>Goes to the next stop: the number of a rung, or −1 for the end.</summary>
    public int Advance()
    {
        (int rung, Epochs) = _stops[0];
        if (_stops.Count > 1) _stops.RemoveAt(0);
        Passed++;
        return rung;
    }

    /// <summary>0 after recalibration, then FirstRung · η^k below the whole.</summary>
    private static IEnumerable<(int Rung, double Epochs)> Rungs(EarlyStoppingSpec spec, double epochs)
    {
        if (!spec.Enabled) yield break;
        yield return (0, 0);
        int rung = 1;
        for (double at = spec.FirstRung; at < epochs; at *= spec.Reduction) yield return (rung++, at);
    }
}

/// <summary>How a simulated attempt ends.</summary>
internal enum Fate
{
    Ends, Fails, Vanishes,
}
