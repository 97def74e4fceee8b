namespace Distributed.Search.Tests;

public sealed class RatiosPerFamilyTests
{
    private const int Families = 8;
    private const int Budget = 36;
    private static readonly double[] Sensitivity = [0.30, 0.02, 0.10, 0.01, 0.20, 0.02, 0.01, 0.15];

    [Fact]
    public void Where_layers_differ_in_what_they_bear_it_learns_which_to_prune()
    {
        double bayesian = MeanHypervolume("bayesian");
        double random = MeanHypervolume("random");

        Assert.True(bayesian > 1.05 * random, Invariant($"bayesian {bayesian:0.0000}, random {random:0.0000}"));
    }

    private static double MeanHypervolume(string sampler) => Enumerable.Range(1, 4).Average(seed =>
    {
        var problem = SimulatedSearch.Problem(Space, (ulong)seed) with { Trials = Budget, Forecast = new CostModel(Profile) };
        var history = SimulatedSearch.Start;
        for (int i = 0; i < Budget; i++)
        {
            var candidate = Assert.Single(Samplers.Find(sampler).Suggest(problem, history, 1)).Candidate;
            history = SimulatedSearch.Close(history, candidate, Try(problem, candidate, (ulong)seed));
        }

        return Front.Of(problem.Objectives, [], history.Closed).Hypervolume;
    });

    private static SearchSpace Space =>
        new SearchSpace([new Parameter.Real(ParameterNames.Ratio, 0, 0.85, PerFamily: true)]).Expand(Profile.Families.Select(family => family.Name));

    /// <summary>Accuracy falls with the square of what each family lost, by its sensitivity; noise of 0.5 %.</summary>
    private static ObservedValues Try(SearchProblem problem, Candidate candidate, ulong seed)
    {
        int[] widths = WidthAllocation.For(Profile, candidate);
        double lost = widths.Select((width, i) => Sensitivity[i] * Math.Pow(1 - (width / 64.0), 2)).Sum();
        double noise = 0.005 * new SeededRandom(seed, string.Join(',', widths)).NextNormal();
        return PruningToy.Dense with
        {
            Accuracy = Math.Max(0.1, 0.95 - lost + noise),
            AccuracyVariance = 2.5e-5,
            LatencyRatio = problem.Forecast.Costs(candidate)!.LatencyRatio,
        };
    }

    private static ModelProfile Profile { get; } = new()
    {
        Families = [.. Enumerable.Range(0, Families).Select(i => new FamilyProfile($"conv{i}", 64, [8, 16, 24, 32, 40, 48, 56, 64]))],
        Operators = [.. Enumerable.Range(0, Families).Select(i => new OperatorProfile
        {
            Name = $"conv{i}",
            Operator = "Conv",
            Input = i == 0 ? new(3, []) : new(0, [new(i - 1, 1)]),
            Output = new(0, [new(i, 1)]),
            MacsPerPair = 576,
            ParametersPerPair = 9,
            Surface = "conv",
        })],
        Surfaces = [new("conv", [0, 64], [0, 64], [0, 10, 10, 100])],
        DenseMs = 10,
    };
}
