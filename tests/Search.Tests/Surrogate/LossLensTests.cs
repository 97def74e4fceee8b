using CsCheck;

namespace Distributed.Search.Tests;

public sealed class LossLensTests
{
    private const double Step = 1e-5;

    private static readonly LossLens[] Lenses = [new(1, 3, 2, 0), new(1, 3, 2, 0.35), new(-1, 3, 2, 0.5), new(-1, -1, 0.1, 0.95)];

    [Fact]
    public void What_is_better_than_the_median_stays_and_what_is_worse_follows_the_power()
    {
        var lens = new LossLens(1, 3, 2, 0.5);
        Assert.Equal((1.5, 0.2), lens.Through(1.5, 0.2));
        // z = 4: (5^0.5 − 1)/0.5; slope 5^−0.5.
        var (value, variance) = lens.Through(11, 0.2);
        Assert.Equal(3 + (2 * 2 * (Math.Sqrt(5) - 1)), value, 1e-12);
        Assert.Equal(0.2 / 5, variance, 1e-12);
        // Where larger is better, small values are drawn together: the loss of −11 is 11 as well.
        Assert.Equal(-value, new LossLens(-1, 3, 2, 0.5).Through(-11, 0).Value, 1e-12);
        Assert.Equal(3 + (2 * Math.Log(5)), new LossLens(1, 3, 2, 0).Through(11, 0).Value, 1e-12);
    }

    [Fact]
    public void Order_is_kept_values_come_back_and_variances_follow_the_slope() =>
        Gen.Select(Gen.Int[0, Lenses.Length - 1], Gen.Double[-20, 20], Gen.Double[-20, 20]).Sample((which, a, b) =>
        {
            var lens = Lenses[which];
            if (Math.Abs(a - b) > 1e-6) Assert.Equal(a < b, lens.Through(a, 0).Value < lens.Through(b, 0).Value);
            Assert.Equal(a, lens.Back(lens.Through(a, 0).Value), 1e-6);
            double slope = (lens.Through(a + Step, 0).Value - lens.Through(a - Step, 0).Value) / (2 * Step);
            Assert.Equal(slope * slope, lens.Through(a, 1).Variance, 1e-3);
        });

    [Theory, InlineData(Direction.Minimize, 1), InlineData(Direction.Maximize, -1)]
    public void Its_power_is_the_most_probable_one(Direction direction, double sign)
    {
        var random = new SeededRandom(5, "skewed");
        double[] losses = [.. Enumerable.Range(0, 60).Select(_ => Math.Exp(random.NextNormal()))];

        var lens = LossLens.Of(direction, [.. losses.Select(loss => sign * loss)])!;

        Assert.Equal(sign, lens.Sign);
        Assert.Equal(losses.Order().ElementAt(30), lens.Median);
        double best = Enumerable.Range(0, 100).Select(i => i / 100.0).MaxBy(power => LogPosterior(losses, lens, power));
        Assert.InRange(lens.Power, best - 0.026, best + 0.026);
        Assert.InRange(lens.Power, 0, 0.7);
    }

    [Fact]
    public void Values_that_are_few_or_the_same_or_skewed_to_the_good_side_need_none()
    {
        Assert.Null(LossLens.Of(Direction.Minimize, [1, 2, 3, 4, 5, 6, 1e6]));
        Assert.Null(LossLens.Of(Direction.Minimize, [2, 2, 2, 2, 2, 2, 2, 2, 2]));
        double[] good = [.. Enumerable.Range(1, 40).Select(i => -Math.Exp(0.1 * i))];
        Assert.Null(LossLens.Of(Direction.Minimize, good));
        Assert.NotNull(LossLens.Of(Direction.Maximize, good));
        // Half of them the same: their deviation stands in for the interquartile range.
        Assert.NotNull(LossLens.Of(Direction.Minimize, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 50]));
    }

    /// <summary>The density of the losses when what is seen of them is normal, its mean and variance the likeliest, times the prior.</summary>
    private static double LogPosterior(double[] losses, LossLens lens, double power)
    {
        var bent = lens with { Sign = 1, Power = power };
        double[] seen = [.. losses.Select(loss => bent.Through(loss, 0).Value)];
        double mean = seen.Average();
        double deviation = Math.Sqrt(seen.Average(value => (value - mean) * (value - mean)));
        double density = losses.Zip(seen, (loss, value) =>
            Math.Log(Math.Exp(-0.5 * Math.Pow((value - mean) / deviation, 2)) / deviation) + (0.5 * Math.Log(bent.Through(loss, 1).Variance))).Sum();
        return density - (0.5 * Math.Pow((power - 1) / 0.5, 2));
    }
}
