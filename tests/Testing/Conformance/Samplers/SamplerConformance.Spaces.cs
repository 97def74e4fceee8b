using Distributed.Search;
using Distributed.Sweeps;
using Xunit;

namespace Distributed.Testing;

/// <content>Spaces with conditions, ordinals and constraints.</content>
public abstract partial class SamplerConformance
{
    /// <summary>Weight decay takes part with "taylor" only; the learning rate with few steps only; both bounded together with the ratio.</summary>
    private static readonly SearchSpace Tree = new([
        new Parameter.Real(ParameterNames.WeightDecay, 1e-5, 0.5, Scale.Logit) { When = new(ParameterNames.Criterion, ["taylor"]) },
        new Parameter.Real(ParameterNames.Ratio, 0, 0.9),
        new Parameter.Categorical(ParameterNames.Criterion, ["l1", "taylor", "random"]),
        new Parameter.Ordinal(ParameterNames.Steps, [1, 2, 4, 8]),
        new Parameter.Real(ParameterNames.LearningRate, 0.001, 0.1, Scale.Log) { When = new(ParameterNames.Steps, AtMost: 2) },
        new Parameter.Fixed(ParameterNames.Epochs, 2) { When = new(ParameterNames.LearningRate, AtLeast: 0.01) },
    ])
    {
        Constraints =
        [
            new SpaceConstraint.Linear([new(ParameterNames.Ratio), new(ParameterNames.WeightDecay)], AtMost: 0.7, AtLeast: 0.2),
            new SpaceConstraint.Forbidden([new(ParameterNames.Criterion, ["random"]), new(ParameterNames.Steps, AtLeast: 4)]),
        ],
    };

    [Theory, MemberData(nameof(Names))]
    public void Only_what_takes_part_is_proposed_and_it_keeps_the_constraints_of_the_space(string name)
    {
        var history = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(Tree) with { Sampler = new() { Initial = 8 } }, 20);

        Assert.Equal(20, history.Candidates.Distinct().Count());
        Assert.All(history.Candidates, candidate =>
        {
            Assert.Equal(candidate.Choice(ParameterNames.Criterion) == "taylor", candidate.Values.ContainsKey(ParameterNames.WeightDecay));
            Assert.Equal(candidate.Number(ParameterNames.Steps) <= 2, candidate.Values.ContainsKey(ParameterNames.LearningRate));
            Assert.Equal(candidate.Number(ParameterNames.LearningRate) >= 0.01, candidate.Values.ContainsKey(ParameterNames.Epochs));
            Assert.InRange(candidate.Number(ParameterNames.Ratio)!.Value + (candidate.Number(ParameterNames.WeightDecay) ?? 0), 0.2 - 1e-9, 0.7 + 1e-9);
            Assert.False(candidate.Choice(ParameterNames.Criterion) == "random" && candidate.Number(ParameterNames.Steps) >= 4);
        });
        Assert.True(history.Candidates.Select(candidate => candidate.Values.Count).Distinct().Count() > 1);
    }

    /// <summary>"taylor" with each of four levels, and the two other criteria, with which the steps mean nothing.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Candidates_that_differ_only_in_what_takes_no_part_are_the_same(string name)
    {
        SearchSpace space = new([
            new Parameter.Ordinal(ParameterNames.Steps, [1, 2, 4, 8]) { When = new(ParameterNames.Criterion, ["taylor"]) },
            new Parameter.Categorical(ParameterNames.Criterion, ["l1", "taylor", "random"]),
        ]);

        var history = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(space), 12);

        Assert.Equal(6, history.Candidates.Count());
        Assert.Equal(6, history.Candidates.Distinct().Count());
    }

    /// <summary>References that no trial reaches leave a hypervolume of 0: the search goes on all the same.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Four_objectives_and_a_reference_inside_the_front_are_borne(string name)
    {
        Objective[] four = [.. PruningToy.ThreeObjectives, new(Metric.Bytes, Direction.Minimize)];
        Objective[] inside = [new(Metric.Accuracy, Direction.Maximize, 0.99), new(Metric.LatencyRatio, Direction.Minimize, 0.05)];
        foreach (var objectives in (Objective[][])[four, inside])
        {
            var problem = SimulatedSearch.Problem() with { Objectives = objectives, Sampler = new() { Initial = 5 } };
            Assert.Equal(9, SimulatedSearch.Run(Samplers.Find(name), problem, 9).Candidates.Distinct().Count());
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_narrow_constraint_is_kept_where_hardly_any_draw_keeps_it(string name)
    {
        var families = Enumerable.Range(0, 12).Select(i => $"f{i}").ToList();
        var space = new SearchSpace([new Parameter.Real(ParameterNames.Ratio, 0, 0.9, PerFamily: true), new Parameter.Real(ParameterNames.LearningRate, 0.001, 0.1, Scale.Log)])
        {
            Constraints = [new SpaceConstraint.Linear([new("ratio/*")], AtMost: 0.5)],
        }.Expand(families);

        var history = SimulatedSearch.Run(Samplers.Find(name), SimulatedSearch.Problem(space) with { Sampler = new() { Initial = 4 } }, 8);

        Assert.Equal(8, history.Candidates.Distinct().Count());
        Assert.All(history.Candidates, candidate => Assert.True(families.Sum(family => candidate.Number($"ratio/{family}")) <= 0.5 + 1e-9));
    }
}
