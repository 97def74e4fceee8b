namespace Distributed.Sweeps.Tests;

public sealed class CandidateTests
{
    [Fact]
    public void Equality_is_by_value_and_the_order_of_names_does_not_matter()
    {
        var one = Profiles.Candidate(("ratio", 0.5), ("criterion", "l1"));
        var other = Profiles.Candidate(("criterion", "l1"), ("ratio", 0.5));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.Equal("criterion=l1; ratio=0.5", one.ToString());
        Assert.NotEqual(one, one.With("ratio", 0.6));
    }

    [Fact]
    public void A_value_is_found_under_its_name_and_kind_only()
    {
        var candidate = Profiles.Candidate(("ratio", 0.5), ("criterion", "l1"));

        Assert.Equal(0.5, candidate.Number("ratio"));
        Assert.Equal("l1", candidate.Choice("criterion"));
        Assert.Null(candidate.Number("criterion"));
        Assert.Null(candidate.Choice("ratio"));
        Assert.Null(candidate.Number("epochs"));
    }

    [Fact]
    public void A_space_is_expanded_to_one_ratio_per_family_in_their_order()
    {
        var space = new SearchSpace([new Parameter.Real("ratio", 0, 0.8, PerFamily: true), new Parameter.Integer("steps", 1, 3)]);

        Assert.Equal(["ratio/b", "ratio/a", "steps"], space.Expand(["b", "a"]).Parameters.Select(parameter => parameter.Name));
        Assert.False(Assert.IsType<Parameter.Real>(space.Expand(["b"]).Parameters[0]).PerFamily);
    }
}
