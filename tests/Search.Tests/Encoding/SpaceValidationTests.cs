namespace Distributed.Search.Tests;

public sealed class SpaceValidationTests
{
    private static readonly IReadOnlyCollection<string> Criteria = [.. CriterionNames.All];
    private static readonly Parameter Ratio = new Parameter.Real("ratio", 0, 0.8);

    public static TheoryData<string, string, Parameter[]> Wrong => new()
    {
        { "space", "no parameters", [] },
        { "space.ratio", "twice", [Ratio, Ratio] },
        { "space", "nothing varies", [new Parameter.Fixed("ratio", 0.5)] },
        { "space.ratio.low", "not below", [new Parameter.Real("ratio", 0.5, 0.5)] },
        { "space.ratio.high", "1", [new Parameter.Real("ratio", 0, 1)] },
        { "space.ratio.low", "-0.1", [new Parameter.Real("ratio", -0.1, 0.5)] },
        { "space.ratio.high", "finite", [new Parameter.Real("ratio", 0.1, double.NaN)] },
        { "space.ratio", "number", [new Parameter.Categorical("ratio", ["a", "b"])] },
        { "space.ratio/conv1.value", "1", [Ratio, new Parameter.Fixed("ratio/conv1", 1)] },
        { "space.learning-rate.low", "log", [new Parameter.Real("learning-rate", 0, 0.1, Scale.Log)] },
        { "space.learning-rate.low", "it is 0", [new Parameter.Real("learning-rate", 0, 0.1)] },
        { "space.steps.low", "it is 0", [new Parameter.Integer("steps", 0, 3)] },
        { "space.steps", "whole", [new Parameter.Real("steps", 1, 3)] },
        { "space.steps.step", "it is 0", [new Parameter.Integer("steps", 1, 3, 0)] },
        { "space.epochs.low", "-1", [new Parameter.Real("epochs", -1, 3)] },
        { "space.criterion.choices", "1 given", [new Parameter.Categorical("criterion", ["l1"])] },
        { "space.criterion.choices", "twice", [new Parameter.Categorical("criterion", ["l1", "l2", "l1"])] },
        { "space.criterion.choices", "'tailor'", [new Parameter.Categorical("criterion", ["l1", "tailor"])] },
        { "space.criterion", "name", [new Parameter.Integer("criterion", 1, 2)] },
        { "space.ranking.choices", "'globl'", [Ratio, new Parameter.Categorical("ranking", ["local", "globl"])] },
        { "space.ranking", "none", [new Parameter.Real("ratio", 0, 0.8, PerFamily: true), new Parameter.Fixed("ranking", "global")] },
        { "space.weight-decay.value", "finite", [Ratio, new Parameter.Fixed("weight-decay", double.PositiveInfinity)] },
        { "space.epochs.perFamily", "per family", [new Parameter.Real("epochs", 0, 3, PerFamily: true)] },
        { "space.ratio.low", "logit", [new Parameter.Real("ratio", 0, 0.9, Scale.Logit)] },
        { "space.weight-decay.high", "logit", [new Parameter.Real("weight-decay", 0.1, 1, Scale.Logit)] },
        { "space.steps.scale", "real", [new Parameter.Integer("steps", 1, 3, 1, Scale.Logit)] },
        { "space.steps.levels", "1 given", [Ratio, new Parameter.Ordinal("steps", [1])] },
        { "space.steps.levels", "twice", [Ratio, new Parameter.Ordinal("steps", [1, 2, 2])] },
        { "space.steps.levels", "order", [Ratio, new Parameter.Ordinal("steps", [2, 1])] },
        { "space.steps.levels", "1.5", [Ratio, new Parameter.Ordinal("steps", [1, 1.5])] },
        { "space.steps.levels", "mixed", [Ratio, new Parameter.Ordinal("steps", [1, "two"])] },
        { "space.criterion.levels", "'l3'", [Ratio, new Parameter.Ordinal("criterion", ["l1", "l3"])] },
        { "space.steps.when", "'criterium'", [Ratio, new Parameter.Categorical("criterion", ["l1", "l2"]), new Parameter.Integer("steps", 1, 3) { When = new("criterium", ["l1"]) }] },
        { "space.steps.when", "itself: steps → steps", [Ratio, new Parameter.Integer("steps", 1, 3) { When = new("steps", [1]) }] },
        { "space.steps.when", "steps → epochs → steps", [Ratio, new Parameter.Integer("steps", 1, 3) { When = new("epochs", AtLeast: 1) }, new Parameter.Real("epochs", 0, 3) { When = new("steps", [1]) }] },
        { "space.steps.when", "never l3", [Ratio, new Parameter.Categorical("criterion", ["l1", "l2"]), new Parameter.Integer("steps", 1, 3) { When = new("criterion", ["l3"]) }] },
        { "space.steps.when", "never holds", [Ratio, new Parameter.Integer("steps", 1, 3) { When = new("ratio", AtLeast: 0.9) }] },
        { "space.steps.when", "hardly ever", [Ratio, new Parameter.Integer("steps", 1, 3) { When = new("ratio", [0.5]) }] },
        { "space.steps.when", "asks nothing", [Ratio, new Parameter.Integer("steps", 1, 3) { When = new("ratio") }] },
        { "space.steps.when", "no range", [Ratio, new Parameter.Categorical("criterion", ["l1", "l2"]), new Parameter.Integer("steps", 1, 3) { When = new("criterion", AtLeast: 1) }] },
        { "space.steps.when", "'ratio'", [new Parameter.Real("ratio", 0, 0.8, PerFamily: true), new Parameter.Integer("steps", 1, 3) { When = new("ratio", AtLeast: 0.1) }] },
        { "space.epochs/conv1", "not a parameter", [new Parameter.Real("epochs/conv1", 0, 3)] },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_space_is_refused_with_its_place(string place, string found, Parameter[] parameters)
    {
        var error = Assert.Throws<InvalidInputException>(() => SpaceValidation.Check(new(parameters), Criteria));

        Assert.Equal(place, error.Place);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Matches("[.?]$", error.Remedy);
    }

    public static TheoryData<string, string, SpaceConstraint[]> Contradictions => new()
    {
        { "space-constraints[0]", "no parameter 'ration'", [new SpaceConstraint.Linear([new("ration")], AtMost: 1)] },
        { "space-constraints[0]", "bounds nothing", [new SpaceConstraint.Linear([new("ratio")])] },
        { "space-constraints[0]", "at least 2 and at most 1", [new SpaceConstraint.Linear([new("ratio")], AtMost: 1, AtLeast: 2)] },
        { "space-constraints[1]", "not a number", [new SpaceConstraint.Linear([new("ratio")], AtMost: 1), new SpaceConstraint.Linear([new("criterion")], AtMost: 1)] },
        { "space-constraints[0]", "weight", [new SpaceConstraint.Linear([new("ratio", 0)], AtMost: 1)] },
        { "space-constraints[0]", "twice", [new SpaceConstraint.Linear([new("ratio"), new("ratio")], AtMost: 1)] },
        { "space-constraints[0]", "the least that the sum can be is 2", [new SpaceConstraint.Linear([new("ratio"), new("steps", 2)], AtMost: 1.5)] },
        { "space-constraints[0]", "the most that the sum can be is 0.8", [new SpaceConstraint.Linear([new("ratio")], AtLeast: 0.9)] },
        { "space-constraints[0]", "'steps' is at least 1 and 'ratio' at most 0.8", [new SpaceConstraint.Ascending(["steps", "ratio"])] },
        { "space-constraints[0]", "one parameter", [new SpaceConstraint.Ascending(["ratio"])] },
        { "space-constraints[0]", "never l3", [new SpaceConstraint.Forbidden([new("criterion", ["l3"])])] },
        { "space-constraints[0]", "names no parameter", [new SpaceConstraint.Forbidden([])] },
        { "space-constraints[1]", "no candidate was found", [new SpaceConstraint.Linear([new("ratio")], AtMost: 0.5), new SpaceConstraint.Forbidden([new("ratio", AtLeast: 0)])] },
        { "space-constraints", "contradict", [new SpaceConstraint.Linear([new("ratio")], AtMost: 0.3), new SpaceConstraint.Forbidden([new("ratio", AtMost: 0.4)])] },
    };

    [Theory, MemberData(nameof(Contradictions))]
    public void Constraints_that_cannot_be_kept_are_refused_with_their_place(string place, string found, SpaceConstraint[] constraints)
    {
        SearchSpace space = new([Ratio, new Parameter.Integer("steps", 1, 3), new Parameter.Categorical("criterion", ["l1", "l2"])]) { Constraints = constraints };

        var error = Assert.Throws<InvalidInputException>(() => SpaceValidation.Check(space, Criteria));

        Assert.Equal(place, error.Place);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Matches("[.?]$", error.Remedy);
    }

    [Fact]
    public void Constraints_on_families_pass_until_the_families_are_known_and_are_checked_then()
    {
        SearchSpace space = new([new Parameter.Real("ratio", 0.2, 0.8, PerFamily: true)])
        {
            Constraints = [new SpaceConstraint.Linear([new("ratio/*")], AtMost: 0.5), new SpaceConstraint.Ascending(["ratio/a", "ratio/b"])],
        };
        SpaceValidation.Check(space, Criteria);
        SpaceValidation.CheckExpanded(space.Expand(["a", "b"]));

        Assert.Equal("space-constraints[0]", Assert.Throws<InvalidInputException>(() => SpaceValidation.CheckExpanded(space.Expand(["a", "b", "c"]))).Place);
        Assert.Contains("ratio/b", Assert.Throws<InvalidInputException>(() => SpaceValidation.CheckExpanded(space.Expand(["a"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mistyped_name_gets_the_name_that_was_meant()
    {
        var error = Assert.Throws<InvalidInputException>(() => SpaceValidation.Check(new([new Parameter.Real("learningrate", 0.1, 0.2)]), Criteria));

        Assert.Equal("Did you mean 'learning-rate'?", error.Remedy);
    }

    [Fact]
    public void A_right_space_passes()
    {
        SpaceValidation.Check(PruningToy.Mixed, Criteria);
        SpaceValidation.Check(new([new Parameter.Real("ratio", 0, 0.8, PerFamily: true), new Parameter.Real("ratio/conv1", 0, 0.5)]), Criteria);
        SpaceValidation.Check(new([Ratio, new Parameter.Categorical("ranking", ["local", "global"])]), Criteria);
    }
}
