using CsCheck;

namespace Distributed.Search.Tests;

public sealed class AllowedPointsTests
{
    private static readonly Parameter[] Six = [.. Enumerable.Range(0, 6).Select(i => new Parameter.Integer($"p{i}", 0, 3))];

    private static readonly Gen<SpaceConstraint> Constraint = Gen.OneOf(
        Gen.Select(Gen.Int[-2, 2].Array[6], Gen.Int[-4, 10], Gen.Bool, (weights, bound, most) => (SpaceConstraint)new SpaceConstraint.Linear(
            [.. weights.Select((weight, i) => new LinearTerm($"p{i}", weight)).Where(term => term.Weight != 0).DefaultIfEmpty(new("p0"))], most ? bound : null, most ? null : bound)),
        Gen.Shuffle(Enumerable.Range(0, 6).ToArray(), 2, 4).Select(order => (SpaceConstraint)new SpaceConstraint.Ascending([.. order.Select(i => $"p{i}")])),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 5], (a, value, b) =>
            (SpaceConstraint)new SpaceConstraint.Forbidden([new($"p{a}", [value]), new($"p{b}", AtLeast: 2)])));

    /// <summary>Brute force over the 4,096 candidates is the oracle; a search that finds fewer would refuse a space that has answers.</summary>
    /// <param name="seed">Of constraints whose few allowed candidates draws and descents miss; null for new ones.</param>
    [Theory]
    [InlineData(null)]
    [InlineData("7lHpoR8yD9t1")]
    public void An_allowed_point_is_found_exactly_where_there_is_one(string? seed) => Constraint.Array[1, 5].Sample(constraints =>
    {
        var encoding = new SpaceEncoding(new(Six) { Constraints = constraints });
        bool exists = Enumerable.Range(0, (int)encoding.Size!.Value).Any(i => encoding.Allows(encoding.At(i)));
        var anchor = new AllowedPoints(encoding).Anchor;
        return exists == anchor is not null && (anchor is null || encoding.Allows(encoding.Decode(anchor)));
    }, seed: seed, iter: 100);

    [Fact]
    public void A_forbidden_point_is_drawn_to_the_border_of_what_is_allowed_and_an_allowed_one_stays()
    {
        var encoding = new SpaceEncoding(new([new Parameter.Real("a", 0, 1), new Parameter.Real("b", 0, 1)]) { Constraints = [new SpaceConstraint.Linear([new("a"), new("b")], AtMost: 1.2)] });
        var points = new AllowedPoints(encoding);

        Assert.Equal([0.5, 0.5], points.Anchor!);
        Assert.Equal(1.2, points.Drawn([1, 1])!.Values.Values.Sum(value => ((ParameterValue.Number)value).Value), 3);
        Assert.Equal("a=0.25; b=0.75", points.Drawn([0.25, 0.75])!.ToString());
    }
}
