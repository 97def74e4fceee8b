using CsCheck;

namespace Distributed.Search.Tests;

public sealed class StaircaseTests
{
    private static readonly Gen<(double X, double Y)[]> Points =
        Gen.Select(Gen.Int[0, 12].Select(x => x / 10.0), Gen.Int[0, 12].Select(y => y / 10.0)).Array[0, 40];

    [Fact]
    public void Front_and_area_are_those_of_all_points_whatever_their_order() => Points.Sample(points =>
    {
        var staircase = new Staircase(1, 1);
        foreach (var (x, y) in points)
        {
            bool isNew = !staircase.Steps.Any(step => step.X <= x && step.Y <= y) && x < 1 && y < 1;
            Assert.Equal(isNew, staircase.Add(x, y));
        }

        var inside = points.Where(point => point is { X: < 1, Y: < 1 }).Distinct().ToList();
        var front = inside.Where(point => !inside.Exists(other => Losses.Dominates([other.X, other.Y], [point.X, point.Y]))).OrderBy(point => point.X);
        Assert.Equal(front, staircase.Steps);
        Assert.Equal(Cells(inside), staircase.Area, 1e-9);
    });

    /// <summary>All coordinates are tenths: the dominated cells of a tenth by a tenth are counted.</summary>
    private static double Cells(List<(double X, double Y)> points) => 0.01 * (
        from x in Enumerable.Range(0, 10)
        from y in Enumerable.Range(0, 10)
        where points.Exists(point => point.X <= (x / 10.0) + 1e-9 && point.Y <= (y / 10.0) + 1e-9)
        select 1).Count();
}
