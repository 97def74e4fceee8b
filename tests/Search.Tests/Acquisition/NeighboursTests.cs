using CsCheck;

namespace Distributed.Search.Tests;

public sealed class NeighboursTests
{
    /// <summary>On a logarithmic scale 1 has a cell of 0.43 in [0, 1], and 16 one of 0.02.</summary>
    [Fact]
    public void Counted_values_reach_the_next_one_on_every_scale() =>
        Gen.Select(Gen.Long[1, 5], Gen.Long[1, 40], Gen.Long[1, 3], Gen.Bool, Gen.Double[0.001, 0.2]).Sample((low, steps, step, log, move) =>
        {
            Parameter.Integer parameter = new("n", low, low + (steps * step), step, log ? Scale.Log : Scale.Linear);
            var axes = new SpaceEncoding(new([parameter])).Axes;
            for (long value = low; value <= low + (steps * step); value += step)
            {
                double[] point = [axes[0].Encode((double)value)];
                double[] found = [.. Neighbours.Of(axes, point, move).Select(place => ((ParameterValue.Number)axes[0].Decode(place[0])).Value)];
                Assert.DoesNotContain(value, found);
                if (log || value == low) Assert.Equal(value < low + (steps * step), found.Any(other => other > value));
                if (log || value == low + (steps * step)) Assert.Equal(value > low, found.Any(other => other < value));
            }
        });

    /// <summary>Beside a real parameter, so that the space is not walked value by value in the end.</summary>
    [Fact]
    public void A_grid_holds_every_value_of_a_logarithmic_scale()
    {
        var problem = Testing.SimulatedSearch.Problem(new([new Parameter.Integer("steps", 1, 6, 1, Scale.Log), new Parameter.Real("ratio", 0, 0.9)])) with { Trials = 80 };
        var suggested = Samplers.Find("grid").Suggest(problem, Testing.SimulatedSearch.Start, 80);
        Assert.Equal(80, suggested.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], suggested.Select(one => one.Candidate.Number("steps")!.Value).Distinct().Order());
    }
}
