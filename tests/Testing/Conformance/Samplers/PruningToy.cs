using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>
/// A pruning sweep in closed form: mixed parameters, known costs, and an accuracy that falls with the ratio, faster for a poor criterion or
/// learning rate. A thousand trials take milliseconds.
/// </summary>
public sealed class PruningToy : ICandidateForecast
{
    /// <summary>Ratio, learning rate (log), steps (integer), criterion (categorical) and fixed epochs.</summary>
    public static SearchSpace Mixed { get; } = new([
        new Parameter.Real(ParameterNames.Ratio, 0, 0.9),
        new Parameter.Real(ParameterNames.LearningRate, 0.001, 0.1, Scale.Log),
        new Parameter.Integer(ParameterNames.Steps, 1, 4),
        new Parameter.Categorical(ParameterNames.Criterion, ["l1", "taylor", "random"]),
        new Parameter.Fixed(ParameterNames.Epochs, 2),
    ]);

    /// <summary>Six candidates in all.</summary>
    public static SearchSpace Finite { get; } = new([
        new Parameter.Integer(ParameterNames.Steps, 1, 2),
        new Parameter.Categorical(ParameterNames.Criterion, ["l1", "taylor", "random"]),
    ]);

    /// <summary>What the dense model has.</summary>
    public static ObservedValues Dense { get; } = new()
    {
        Accuracy = 0.95,
        CorruptedAccuracy = 0.8,
        LatencyRatio = 1,
        LatencyMs = 10,
        Macs = 1e6,
        Parameters = 1e5,
        Bytes = 4e5,
    };

    /// <summary>Accuracy up, latency ratio down.</summary>
    public static IReadOnlyList<Objective> TwoObjectives { get; } =
        [new(Metric.Accuracy, Direction.Maximize), new(Metric.LatencyRatio, Direction.Minimize)];

    /// <summary>Two modelled objectives and a known one.</summary>
    public static IReadOnlyList<Objective> ThreeObjectives { get; } = [.. TwoObjectives, new(Metric.CorruptedAccuracy, Direction.Maximize)];

    /// <summary>Whether costs are told beforehand.</summary>
    public bool KnowsCosts { get; init; } = true;

    /// <inheritdoc/>
    public KnownCosts? Costs(Candidate candidate) => KnowsCosts ? CostsOf(candidate) : null;

    /// <inheritdoc/>
    public string Canonical(Candidate candidate) =>
        candidate.With(ParameterNames.Ratio, Math.Round(RatioOf(candidate) * 64)).ToString();

    /// <summary>What a trial of the candidate finds; the same every time.</summary>
    public static ObservedValues Try(Candidate candidate)
    {
        double ratio = RatioOf(candidate);
        double rate = Math.Log10((candidate.Number(ParameterNames.LearningRate) ?? 0.02) / 0.02);
        double poor = candidate.Choice(ParameterNames.Criterion) switch { "taylor" => 0, "l1" => 0.05, _ => 0.3 };
        double steps = (candidate.Number(ParameterNames.Steps) ?? 1) / 4;
        double accuracy = 0.96 - (0.5 * Math.Pow(ratio, 3)) - (poor * ratio) - (0.06 * rate * rate) - (0.03 * (1 - steps) * ratio);
        var costs = CostsOf(candidate);
        return new()
        {
            Accuracy = accuracy,
            AccuracyVariance = 1e-5,
            CorruptedAccuracy = accuracy - 0.15 - (0.1 * ratio),
            LatencyRatio = costs.LatencyRatio,
            LatencyMs = costs.LatencyMs,
            Macs = costs.Macs,
            Parameters = costs.Parameters,
            Bytes = costs.Bytes,
        };
    }

    private static double RatioOf(Candidate candidate) => candidate.Number(ParameterNames.Ratio) ?? 0.3;

    private static KnownCosts CostsOf(Candidate candidate)
    {
        double kept = 1 - (Math.Round(RatioOf(candidate) * 64) / 64);
        double latency = 0.2 + (0.8 * kept);
        return new(latency, 10 * latency, (long)(1e6 * kept * kept), (long)(1e5 * kept), (long)(4e5 * kept));
    }
}
