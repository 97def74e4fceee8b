using Distributed.Search;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>A made-up network of twelve convolutions in a row, one prunable family each, and trials of it drawn at random.</summary>
internal static class AskProblem
{
    private const int Layers = 12;

    public static SearchProblem Create()
    {
        var profile = Profile();
        return new()
        {
            Space = new SearchSpace([new Parameter.Real(ParameterNames.Ratio, 0, 0.9, PerFamily: true)]).Expand(profile.Families.Select(family => family.Name)),
            Objectives = [new(Metric.Accuracy, Direction.Maximize), new(Metric.LatencyRatio, Direction.Minimize)],
            Forecast = new CostModel(profile),
            Seed = 1,
            Trials = 200,
        };
    }

    public static SearchHistory History(SearchProblem problem, int trials)
    {
        var history = new SearchHistory([new(TrialId.Dense, null, Values(0.95, new(1, 10, 1_000_000, 100_000, 400_000)))], []);
        foreach (var suggestion in Samplers.Find("random").Suggest(problem, history, trials))
        {
            var costs = problem.Forecast.Costs(suggestion.Candidate)!;
            var ratios = suggestion.Candidate.Values.Values.OfType<ParameterValue.Number>();
            double lost = ratios.Select((ratio, i) => ratio.Value * ratio.Value * (1 + (i % 4))).Sum();
            var noise = new SeededRandom(problem.Seed, Invariant($"trial/{history.Next}"));
            var values = Values(0.95 - (0.02 * lost) + (0.005 * noise.NextNormal()), costs);
            history = history with { Closed = [.. history.Closed, new(new(history.Next), suggestion.Candidate, values)] };
        }

        return history;
    }

    private static ObservedValues Values(double accuracy, KnownCosts costs) => new()
    {
        Accuracy = accuracy,
        AccuracyVariance = 4e-5,
        CorruptedAccuracy = accuracy - 0.1,
        LatencyRatio = costs.LatencyRatio,
        LatencyMs = costs.LatencyMs,
        Macs = costs.Macs,
        Parameters = costs.Parameters,
        Bytes = costs.Bytes,
    };

    private static ModelProfile Profile() => new()
    {
        Families = [.. Enumerable.Range(0, Layers).Select(i => new FamilyProfile($"conv{i}", 64, [8, 16, 24, 32, 40, 48, 56, 64]))],
        Operators = [.. Enumerable.Range(0, Layers).Select(Convolution)],
        Surfaces = [new("conv", [8, 64], [8, 64], [5, 20, 20, 100])],
        FixedBytes = 1000,
        DenseMs = 10,
    };

    private static OperatorProfile Convolution(int i) => new()
    {
        Name = $"conv{i}",
        Operator = "Conv",
        Input = i == 0 ? new(3, []) : new(0, [new(i - 1, 1)]),
        Output = new(0, [new(i, 1)]),
        MacsPerPair = 9 * 64,
        ParametersPerPair = 9,
        Surface = "conv",
    };
}
