using System.Runtime.CompilerServices;

namespace Distributed.Dashboard;

/// <summary>A trial with its values.</summary>
/// <param name="Trial">Which.</param>
/// <param name="Kind">How it is told apart.</param>
/// <param name="IsFeasible">Whether what was measured meets every constraint.</param>
/// <param name="Values">One for each metric asked; NaN where it is not known.</param>
public sealed record TrialPoint(TrialState Trial, TrialKind Kind, bool IsFeasible, double[] Values);

/// <summary>The trials of a sweep as points: measured values where there are, else what was foretold and what was reached so far.</summary>
public static class TrialPoints
{
    private static readonly ConditionalWeakTable<ModelProfile, Forecast> Forecasts = [];

    /// <summary>Every trial that has a value for each of the metrics.</summary>
    public static IReadOnlyList<TrialPoint> Of(SweepView view, params IReadOnlyList<Metric> metrics)
    {
        TrialKinds kinds = new(view);
        return [.. view.Trials.Select(Point).Where(point => point.Values.All(double.IsFinite))];

        TrialPoint Point(TrialState trial) => new(trial, kinds.Of(trial), kinds.IsFeasible(trial), [.. metrics.Select(metric => Value(view, trial, metric))]);
    }

    /// <summary>A trial's value of a metric as far as it is known; NaN where it is not.</summary>
    public static double Value(SweepView view, TrialState trial, Metric metric)
    {
        if (trial.Measurement is { } measured) return measured.Of(metric);
        if (metric == Metric.Accuracy) return Reached(view, trial) ?? double.NaN;
        return Foretold(view, trial)?.Of(metric) ?? double.NaN;
    }

    /// <summary>What was known of a candidate's cost before it was trained; null for the dense model and before there is a profile.</summary>
    public static KnownCosts? Foretold(SweepView view, TrialState trial) => view.Profile is { } profile && trial.Candidate is { } candidate
        ? Forecasts.GetValue(profile, known => new(known)).Of(candidate)
        : null;

    private static double? Reached(SweepView view, TrialState trial) =>
        (view.Running.TryGetValue(trial.Id, out var report) ? report.Last.Accuracy : null) ?? (trial.Rungs.Count > 0 ? trial.Rungs[^1].Accuracy : null);

    /// <summary>Costs by candidate: told once for each, kept as long as somebody has the candidate.</summary>
    private sealed class Forecast(ModelProfile profile)
    {
        private readonly CostModel _model = new(profile);
        private readonly ConditionalWeakTable<Candidate, KnownCosts> _known = [];

        public KnownCosts Of(Candidate candidate) => _known.GetValue(candidate, _model.Costs);
    }
}
