using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>Where a sweep stood after each closed trial.</summary>
/// <param name="Closed">Closed candidates.</param>
/// <param name="Epochs">Epochs of fine-tuning spent on them.</param>
/// <param name="Elapsed">Time since the launch.</param>
/// <param name="Hypervolume">Of the front then.</param>
public sealed record SweepMoment(int Closed, double Epochs, TimeSpan Elapsed, double Hypervolume)
{
    /// <summary>The moments of a log, in order.</summary>
    public static IReadOnlyList<SweepMoment> Of(IEnumerable<LogEntry> log)
    {
        SweepState state = new();
        List<SweepMoment> moments = [];
        int closed = 0;
        double epochs = 0;
        foreach (var entry in log)
        {
            state.Apply(entry);
            if (entry.Record is SweepRecord.TrialClosed { Trial.IsDense: false } over)
            {
                epochs += state.Trials[over.Trial.Number].Epochs;
                moments.Add(new(++closed, epochs, entry.Time - state.Launched, state.Hypervolume));
            }
            else if (entry.Record is SweepRecord.FrontChanged or SweepRecord.FrontMoved && moments.Count > 0)
            {
                moments[^1] = moments[^1] with { Hypervolume = state.Hypervolume };
            }
        }

        return moments;
    }

    /// <summary>The first moment at which the hypervolume reaches a value; null when it never does.</summary>
    public static SweepMoment? Reaching(IReadOnlyList<SweepMoment> moments, double hypervolume) =>
        moments.FirstOrDefault(moment => moment.Hypervolume >= hypervolume);
}
