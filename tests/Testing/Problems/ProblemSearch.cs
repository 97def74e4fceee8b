using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Testing;

/// <summary>
/// Lends a test problem the metrics of a sweep, so that the real samplers search it. A constraint stands as the latency ratio, bounded by 0.
/// </summary>
/// <param name="problem">What is searched.</param>
/// <param name="knowsCost">Whether the objective that can be told beforehand is told; no other one ever is.</param>
public sealed class ProblemSearch(TestProblem problem, bool knowsCost = false) : ICandidateForecast
{
    private static readonly Metric[] Tried = [Metric.Macs, Metric.Parameters, Metric.Bytes, Metric.LatencyMs];
    private static readonly Metric[] Trained = [Metric.Accuracy, Metric.CorruptedAccuracy];

    private readonly Metric[] _metrics = Map(problem, knowsCost);

    /// <summary>The objectives with the problem's reference point.</summary>
    public IReadOnlyList<Objective> Objectives =>
        [.. _metrics.Zip(problem.Reference, (metric, reference) => new Objective(metric, Direction.Minimize, reference))];

    /// <summary>What the samplers are asked.</summary>
    /// <param name="seed">Theirs.</param>
    /// <param name="trials">The budget.</param>
    /// <param name="sampler">Its settings.</param>
    /// <param name="reference">Whether they are given the reference point.</param>
    public SearchProblem Ask(ulong seed, int trials, SamplerSpec sampler, bool reference = true) => new()
    {
        Space = problem.Space,
        Objectives = reference ? Objectives : [.. Objectives.Select(objective => objective with { Reference = null })],
        Constraints = problem.Constraint is null ? [] : [new(Metric.LatencyRatio, AtMost: 0)],
        Forecast = this,
        Seed = seed,
        Trials = trials,
        Sampler = sampler,
    };

    /// <summary>A candidate's values without noise.</summary>
    public ObservedValues True(Candidate candidate)
    {
        double[] point = problem.PointOf(candidate);
        return Values(problem.Objectives(point), problem.Constraint?.Invoke(point) ?? 0);
    }

    /// <summary>A candidate's values as a trial finds them.</summary>
    public ObservedValues Observe(Candidate candidate, SeededRandom noise)
    {
        double[] point = problem.PointOf(candidate);
        double[] found = problem.Objectives(point);
        for (int i = 0; i < problem.Noise.Length; i++) found[i] += problem.Noise[i] * noise.NextNormal();
        return Values(found, problem.Constraint?.Invoke(point) ?? 0);
    }

    /// <summary>The hypervolume that the feasible ones of some trials dominate inside the problem's reference point.</summary>
    public double Hypervolume(IEnumerable<Observation> trials) => Front.Of(Objectives, Ask(0, 0, new()).Constraints, trials).Hypervolume;

    /// <inheritdoc/>
    public KnownCosts? Costs(Candidate candidate) => knowsCost ? new(0, True(candidate).LatencyMs, 1, 1, 1) : null;

    /// <inheritdoc/>
    public string Canonical(Candidate candidate) => candidate.ToString();

    private static Metric[] Map(TestProblem problem, bool knowsCost)
    {
        if (!knowsCost) return Tried[..problem.Reference.Length];
        if (problem.KnownObjective is not { } known || problem.Constraint is not null)
            throw new ArgumentException($"Nothing of '{problem.Name}' can be told beforehand.", nameof(problem));
        var unknown = new Queue<Metric>(Trained);
        return [.. problem.Reference.Select((_, i) => i == known ? Metric.LatencyMs : unknown.Dequeue())];
    }

    private ObservedValues Values(double[] found, double constraint)
    {
        var values = new ObservedValues { Accuracy = 0, LatencyRatio = constraint };
        for (int i = 0; i < found.Length; i++) values = Set(values, _metrics[i], found[i]);
        return values;
    }

    private static ObservedValues Set(ObservedValues values, Metric metric, double value) => metric switch
    {
        Metric.Accuracy => values with { Accuracy = value },
        Metric.CorruptedAccuracy => values with { CorruptedAccuracy = value },
        Metric.LatencyMs => values with { LatencyMs = value },
        Metric.Macs => values with { Macs = value },
        Metric.Parameters => values with { Parameters = value },
        _ => values with { Bytes = value },
    };
}
