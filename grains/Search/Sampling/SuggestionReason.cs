namespace Distributed.Search;

/// <summary>Why a candidate is proposed, in words. The improvement is counted as the objectives are modelled (<see cref="LossLens"/>), the forecast is in natural units.</summary>
internal static class SuggestionReason
{
    /// <summary>"expected improvement 0.0123 (predicted accuracy 0.9 ± 0.01, latency ratio 0.5)".</summary>
    public static string Of(SearchProblem problem, Scored scored)
    {
        if (double.IsNaN(scored.Value)) return "expected improvement unknown";
        string forecast = string.Join(", ", problem.Objectives.Zip(scored.Forecast, Describe));
        return double.IsFinite(scored.Value)
            ? Invariant($"expected improvement {Math.Exp(scored.Value):g3} (predicted {forecast})")
            : $"no improvement expected; where least is known (predicted {forecast})";
    }

    private static string Describe(Objective objective, Prediction value) => value.Deviation > 0
        ? Invariant($"{MetricText.Of(objective.Metric)} {value.Mean:g3} ± {value.Deviation:g2}")
        : Invariant($"{MetricText.Of(objective.Metric)} {value.Mean:g3}");
}
