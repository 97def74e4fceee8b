using CsCheck;

namespace Distributed.Search.Tests;

public sealed class HypervolumeBoxesTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void They_are_disjoint_and_cover_what_the_front_leaves(int objectives)
    {
        var loss = Gen.Int[0, 5].Select(i => i / 5.0).Array[objectives];
        Gen.Select(loss.Array[0, 14], Gen.Double[-0.3, 0.999].Array[objectives]).Sample((front, probe) =>
        {
            var boxes = HypervolumeBoxes.Of(front, [.. probe.Select(_ => 1.0)]);
            int holding = boxes.Count(box => probe.Select((at, i) => box.Lower[i] <= at && at < box.Upper[i]).All(inside => inside));
            bool dominated = front.Any(point => point.Zip(probe).All(pair => pair.First <= pair.Second));
            return holding == (dominated ? 0 : 1);
        }, iter: 400);
    }

    [Fact]
    public void Three_objectives_take_few_boxes()
    {
        var random = new SeededRandom(3, "boxes");
        double[][] front = [.. Enumerable.Range(0, 60).Select(_ => Sphere([.. Enumerable.Range(0, 3).Select(_ => random.NextDouble())]))];

        Assert.InRange(HypervolumeBoxes.Of(front, [1.1, 1.1, 1.1]).Count, 60, 6 * 60);
    }

    private static double[] Sphere(double[] point)
    {
        double length = Math.Sqrt(point.Sum(value => value * value));
        return [.. point.Select(value => 1 - (value / length))];
    }
}
