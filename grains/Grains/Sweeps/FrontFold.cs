using Distributed.Search;

namespace Distributed.Grains;

/// <summary>The front of a sweep as its trials close, one after the other.</summary>
/// <remarks>
/// The dense model is a point of it like any other; a model that is slower than the dense one never is, whatever else it is good at. Where
/// latency is an objective, that is one of <see cref="Bounds"/>; where it is not, a model that takes the same time is as good as another,
/// and only one above <see cref="LatencyMeasurement.MostOnFront"/> is left out.
/// </remarks>
internal sealed class FrontFold
{
    private GrowingFront? _front;

    /// <summary>As far as trials were taken in; 0 before the dense baseline.</summary>
    public double Hypervolume => _front?.Hypervolume ?? 0;

    /// <summary>What the closing of a trial makes of the front; null when it leaves it as it is.</summary>
    public SweepRecord.FrontMoved? After(SweepSpec spec, TrialId trial, TrialOutcome outcome)
    {
        if (With(spec, trial, outcome) is not { } front || ReferenceEquals(front, _front)) return null;
        int at = front.Trials.ToList().IndexOf(trial);
        // The front begins with the dense model, and without a member where that breaks a constraint.
        if (at < 0) return null;
        HashSet<TrialId> stay = [.. front.Trials];
        return new(trial, at, [.. _front?.Trials.Where(before => !stay.Contains(before)) ?? []], front.Hypervolume);
    }

    /// <summary>Takes a closed trial in.</summary>
    public void Take(SweepSpec spec, TrialId trial, TrialOutcome outcome) => _front = With(spec, trial, outcome);

    private GrowingFront? With(SweepSpec spec, TrialId trial, TrialOutcome outcome) => (outcome, _front) switch
    {
        (TrialOutcome.Prepared prepared, _) => GrowingFront.Of(spec.Objectives, spec.Constraints, Seen(trial, prepared.Measurement)),
        (TrialOutcome.Completed { Measurement.Latency.Ratio: <= LatencyMeasurement.MostOnFront } completed, { } front) => front.With(Seen(trial, completed.Measurement)),
        _ => _front,
    };

    // A front asks only for values; what was tried does not matter to it.
    private static Observation Seen(TrialId trial, Measurement measurement) => new(trial, null, ObservedValues.Of(measurement));
}
