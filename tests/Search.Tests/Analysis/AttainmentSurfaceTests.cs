using CsCheck;

namespace Distributed.Search.Tests;

public sealed class AttainmentSurfaceTests
{
    private static readonly Gen<(double X, double Y)[][]> Runs =
        Gen.Select(Gen.Int[0, 6].Select(x => (double)x), Gen.Int[0, 6].Select(y => (double)y)).Array[1, 6].Array[1, 5];

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(0.75)]
    [InlineData(1)]
    public void A_point_lies_on_it_or_above_iff_enough_runs_attain_it(double level) => Runs.Sample(runs =>
    {
        var surface = AttainmentSurface.Of(runs, level);
        for (double x = -0.5; x < 7; x += 0.5)
        {
            for (double y = -0.5; y < 7; y += 0.5)
            {
                int attained = runs.Count(run => run.Any(point => point.X <= x && point.Y <= y));
                if (attained >= level * runs.Length != surface.Any(corner => corner.X <= x && corner.Y <= y)) return false;
            }
        }

        return surface.Zip(surface.Skip(1)).All(pair => pair.First.X < pair.Second.X && pair.First.Y > pair.Second.Y);
    });
}
