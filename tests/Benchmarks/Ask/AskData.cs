using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>
/// DTLZ2 with finished trials: the first half Sobol points, the others Sobol in the first parameter and normal around the front in the rest.
/// </summary>
internal static class AskData
{
    public static (SearchProblem Problem, SearchHistory History) Of(int trials, int dimensions, int pending)
    {
        var problem = new SearchProblem
        {
            Space = new([.. Enumerable.Range(0, dimensions).Select(i => new Parameter.Real($"x{i}", 0, 1))]),
            Objectives = [new(Metric.Macs, Direction.Minimize, 1.1), new(Metric.Parameters, Direction.Minimize, 1.1)],
            Forecast = new Nothing(),
            Seed = 1,
            Sampler = new() { Initial = 1 },
        };
        var drawn = Samplers.Find("sobol").Suggest(problem, SearchHistory.Empty, trials + pending).Select(suggestion => suggestion.Candidate).ToList();
        var random = new SeededRandom(1, "ask");
        var candidates = drawn.Select((candidate, i) => i < trials / 2 ? candidate : Near(candidate, dimensions, random)).ToList();
        var closed = candidates.Take(trials).Select((candidate, i) => new Observation(new(i + 1), candidate, Values(candidate, dimensions)));
        return (problem, new([.. closed], [.. candidates.Skip(trials)]));
    }

    private static Candidate Near(Candidate candidate, int dimensions, SeededRandom random)
    {
        for (int i = 1; i < dimensions; i++)
            candidate = candidate.With(Invariant($"x{i}"), Math.Round(Math.Clamp(0.5 + (0.1 * random.NextNormal()), 0, 1), 4));
        return candidate;
    }

    private static ObservedValues Values(Candidate candidate, int dimensions)
    {
        double g = 1 + Enumerable.Range(1, dimensions - 1).Sum(i => Math.Pow(candidate.Number(Invariant($"x{i}"))!.Value - 0.5, 2));
        double angle = 0.5 * Math.PI * candidate.Number("x0")!.Value;
        return new() { Accuracy = 0, LatencyRatio = 0, Macs = g * Math.Cos(angle), Parameters = g * Math.Sin(angle) };
    }

    private sealed class Nothing : ICandidateForecast
    {
        public KnownCosts? Costs(Candidate candidate) => null;

        public string Canonical(Candidate candidate) => candidate.ToString();
    }
}
