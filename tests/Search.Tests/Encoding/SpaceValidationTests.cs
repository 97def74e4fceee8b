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
