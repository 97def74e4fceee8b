using CsCheck;

namespace Distributed.Search.Tests;

public sealed class ConditionalSpaceTests
{
    /// <summary>A chain and a fork of conditions over every kind of parent.</summary>
    private static readonly SearchSpace Tree = new([
        new Parameter.Real("f", 0, 1) { When = new("e", [2, 3]) },
        new Parameter.Integer("e", 1, 3) { When = new("d", AtLeast: 0.25) },
        new Parameter.Categorical("a", ["x", "y", "z"]),
        new Parameter.Real("b", 0.01, 0.99, Scale.Logit) { When = new("a", ["x", "z"]) },
        new Parameter.Ordinal("c", ["none", "weak", "strong"]) { When = new("b", AtMost: 0.5) },
        new Parameter.Ordinal("d", [0, 0.25, 4]) { When = new("a", ["y"]) },
        new Parameter.Fixed("g", "on") { When = new("c", ["strong"]) },
    ]);

    private static readonly SpaceEncoding Encoding = new(Tree);

    private static readonly Gen<double[]> Point = Gen.Double[0, 1].Array[Encoding.Axes.Count];

    [Fact]
    public void A_candidate_holds_what_takes_part_and_nothing_else() => Point.Sample(point =>
    {
        var candidate = Encoding.Decode(point);
        return Tree.Parameters.All(parameter => candidate.Values.ContainsKey(parameter.Name) == (parameter.When is not { } when || when.Holds(candidate)));
    });

    [Fact]
    public void What_is_decoded_is_canonical_and_encodes_to_a_place_of_its_own() => Point.Sample(point =>
    {
        var candidate = Encoding.Decode(point);
        return Encoding.Decode(Encoding.Encode(candidate)).Equals(candidate) && Encoding.Canonical(candidate).Equals(candidate);
    });

    [Fact]
    public void Inactive_coordinates_decide_nothing_and_are_flagged() => Gen.Select(Point, Point).Sample((point, other) =>
    {
        var candidate = Encoding.Decode(point);
        bool[] activity = Encoding.Activity(candidate);
        double[] mixed = [.. point.Select((place, i) => activity[i] ? place : other[i])];
        return Encoding.Decode(mixed).Equals(candidate)
            && Encoding.Encode(candidate).Where((_, i) => !activity[i]).All(place => place is 0.5 or 1)
            && activity.Zip(Encoding.Axes).All(pair => pair.First == candidate.Values.ContainsKey(pair.Second.Name));
    });

    [Fact]
    public void Candidates_that_differ_in_rounding_or_in_what_takes_no_part_have_one_canonical_form()
    {
        var one = new Candidate([new("a", "x"), new("b", 0.712304), new("d", 4), new("unknown", 3)]);
        var other = new Candidate([new("a", "x"), new("b", 0.7123), new("c", "weak")]);

        Assert.Equal(Encoding.Canonical(one), Encoding.Canonical(other));
        Assert.Equal("a=x; b=0.7123", Encoding.Canonical(one).ToString());
    }

    [Fact]
    public void Taking_no_part_is_like_no_choice_of_a_categorical_parameter()
    {
        var encoding = new SpaceEncoding(new([
            new Parameter.Categorical("a", ["x", "y"]), new Parameter.Categorical("b", ["p", "q", "r"]) { When = new("a", ["x"]) }]));
        double[] places = [.. new[] { "p", "q", "r" }.Select(choice => encoding.Encode(new([new("a", "x"), new("b", choice)]))[1])];

        Assert.DoesNotContain(encoding.Encode(new([new("a", "y")]))[1], places);
    }

    [Fact]
    public void Random_draws_are_uniform_over_the_tree()
    {
        var random = new SeededRandom(3, "tree");
        var drawn = Enumerable.Range(0, 9000).Select(_ => Encoding.Decode([.. Encoding.Axes.Select(_ => random.NextDouble())])).ToList();
        double Part(Func<Candidate, bool> of) => drawn.Count(of) / 9000.0;

        Assert.InRange(Part(one => one.Values.ContainsKey("d")), 0.31, 0.36);
        Assert.InRange(Part(one => one.Values.ContainsKey("e")), 0.2, 0.245);
        Assert.InRange(Part(one => one.Choice("g") == "on"), 2 / 3.0 / 2 / 3 - 0.02, (2 / 3.0 / 2 / 3) + 0.02);
    }

    [Fact]
    public void A_per_family_parameter_keeps_its_condition_in_every_family()
    {
        var space = new SearchSpace([
            new Parameter.Categorical("criterion", ["l1", "taylor"]),
            new Parameter.Real("ratio", 0, 0.9, PerFamily: true) { When = new("criterion", ["taylor"]) }])
        { Constraints = [new SpaceConstraint.Linear([new("ratio/*", 2)], AtMost: 1)] }.Expand(["conv1", "conv2"]);
        var encoding = new SpaceEncoding(space);

        Assert.Single(encoding.Decode([0.1, 0.5, 0.5]).Values);
        Assert.Equal(3, encoding.Decode([0.9, 0.5, 0.5]).Values.Count);
        Assert.Equal(0.8, encoding.Violation(encoding.Decode([0.9, 0.5, 0.5])), 9);
        Assert.True(encoding.Allows(encoding.Decode([0.1, 0.5, 0.5])));
    }
}
