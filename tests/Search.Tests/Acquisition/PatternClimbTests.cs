namespace Distributed.Search.Tests;

/// <summary>The climb of searches whose costs are known, as a network's are.</summary>
public sealed class PatternClimbTests
{
    private static readonly IReadOnlyList<Axis> Axes = new SpaceEncoding(new([
        new Parameter.Real("a", 0, 1),
        new Parameter.Real("b", 0, 1),
        new Parameter.Integer("c", 0, 10),
    ])).Axes;

    /// <summary>Everything promises more towards a corner; a counted value may go one further than the region.</summary>
    [Fact]
    public void In_a_trust_region_it_ends_at_the_regions_end()
    {
        TrustRegion region = new([0.5, 0.5, 0.5], 0.2);
        var (end, met) = Climb(region);
        Assert.Equal(0.6, end[0], 0.01);
        Assert.Equal(0.6, end[1], 0.01);
        Assert.All(met, point => Assert.True(region.Holds(point, Axes), string.Join(" ", point)));
        Assert.Equal(7.0, ((ParameterValue.Number)Axes[2].Decode(end[2])).Value);
    }

    [Fact]
    public void Without_one_it_goes_on_to_the_corner() => Assert.All(Climb(null).End[..2], place => Assert.InRange(place, 0.9, 1));

    private static (double[] End, List<double[]> Met) Climb(TrustRegion? region)
    {
        List<double[]> met = [];
        Scored Score(double[] place)
        {
            met.Add(place);
            return new(place, new([]), place.Sum(), 1, []);
        }

        return (new PatternClimb(Axes, region, Score).From(new([0.5, 0.5, 0.5], new([]), 1.5, 1, [])).Point, met);
    }
}
