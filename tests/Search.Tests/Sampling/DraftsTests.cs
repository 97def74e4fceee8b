using CsCheck;

namespace Distributed.Search.Tests;

public sealed class DraftsTests
{
    public static readonly TheoryData<string> Names = ["random", "sobol", "grid", "nsga2", "tpe", "bayesian", "trust-region"];

    private static readonly Gen<Parameter> Ratio = Gen.Select(Gen.Double[0, 0.4], Gen.Double[0.01, 0.4])
        .Select((low, range) => (Parameter)new Parameter.Real(ParameterNames.Ratio, low, low + range));

    private static readonly Gen<Parameter> Rate = Gen.Select(Gen.Double[1e-4, 1e-2], Gen.Double[1.1, 100])
        .Select((low, factor) => (Parameter)new Parameter.Real(ParameterNames.LearningRate, low, low * factor, Scale.Log));

    private static readonly Gen<Parameter> Steps = Gen.Select(Gen.Long[1, 3], Gen.Long[1, 4], Gen.Long[1, 2])
        .Select((low, range, step) => (Parameter)new Parameter.Integer(ParameterNames.Steps, low, low + range, step));

    private static readonly Gen<Parameter> Criterion = Gen.Int[2, 4]
        .Select(n => (Parameter)new Parameter.Categorical(ParameterNames.Criterion, [.. new[] { "l1", "l2", "taylor", "random" }.Take(n)]));

    private static readonly Gen<SearchSpace> Space = Gen.Select(Gen.Shuffle(new[] { Ratio, Rate, Steps, Criterion }), Gen.Int[1, 4])
        .SelectMany((kinds, count) => kinds.Take(count).Aggregate(
            Gen.Const(new List<Parameter>()), (all, kind) => Gen.Select(all, kind, (some, one) => new List<Parameter>([.. some, one]))))
        .Select(parameters => new SearchSpace(parameters));

    [Theory]
    [InlineData("random", 60, 40)]
    [InlineData("sobol", 60, 40)]
    [InlineData("grid", 60, 40)]
    [InlineData("nsga2", 60, 40)]
    [InlineData("tpe", 60, 40)]
    [InlineData("bayesian", 14, 8)]
    public void Over_any_space_no_candidate_is_proposed_twice(string sampler, int trials, int spaces) =>
        Gen.Select(Space, Gen.ULong).Sample((space, seed) =>
        {
            var problem = SimulatedSearch.Problem(space, seed) with { Sampler = new() { Initial = 6 } };
            string[] forms = [.. SimulatedSearch.Run(Samplers.Find(sampler), problem, trials).Candidates.Select(problem.Forecast.Canonical)];
            return forms.Length > 0 && forms.Distinct().Count() == forms.Length;
        }, iter: spaces);

    /// <summary>Of six ratios those go that cannot keep half the multiply-accumulates, however many trials there are.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_small_space_ends_with_its_last_candidate_that_may_keep_the_constraints(string sampler)
    {
        double[] ratios = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        var problem = SimulatedSearch.Problem(new([new Parameter.Ordinal(ParameterNames.Ratio, [.. ratios.Select(ratio => (ParameterValue)ratio)])]));
        double[] macs = [.. ratios.Select(ratio => problem.Forecast.Costs(new([new(ParameterNames.Ratio, ratio)]))!.Macs).Select(count => (double)count)];
        double most = 0.5 * (macs[3] + macs[4]);

        var history = SimulatedSearch.Run(Samplers.Find(sampler), problem with { Constraints = [new(Metric.Macs, AtMost: most)] }, 6);

        Assert.Equal([0.5, 0.6], history.Candidates.Select(candidate => candidate.Number(ParameterNames.Ratio)!.Value).Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void Ratios_per_family_that_give_the_same_widths_are_the_same_and_run_out(string sampler)
    {
        var profile = new ModelProfile
        {
            Families = [new("a", 16, [4, 8, 16]), new("b", 32, [16, 32])],
            Operators = [],
            Surfaces = [],
            DenseMs = 1,
        };
        var space = new SearchSpace([new Parameter.Real(ParameterNames.Ratio, 0, 0.9, PerFamily: true)]).Expand(["a", "b"]);
        var problem = SimulatedSearch.Problem(space) with { Forecast = new CostModel(profile), Sampler = new() { Initial = 4 } };

        var history = SimulatedSearch.Run(Samplers.Find(sampler), problem, 10);

        Assert.Equal(6, history.Candidates.Count());
    }
}
