using CsCheck;

namespace Distributed.Search.Tests;

public sealed class BoundLensTests
{
    private static readonly BoundLens Lens = BoundLens.Of(2, [2.5, 1, 6, 2.1, -2])!;

    [Fact]
    public void The_scale_is_a_quarter_of_the_median_distance_from_the_bound() => Assert.Equal(new BoundLens(2, 0.25), Lens);

    [Fact]
    public void The_bound_stays_and_the_order_of_values_with_it() => Gen.Select(Gen.Double[-1e6, 1e6], Gen.Double[-1e6, 1e6]).Sample((a, b) =>
    {
        Assert.Equal(2, Lens.Through(2, 0).Value);
        Assert.Equal(Math.Sign(a - 2), Math.Sign(Lens.Through(a, 0).Value - 2));
        if (Math.Abs(a - b) > 1e-6 * (1 + Math.Abs(a))) Assert.Equal(a < b, Lens.Through(a, 0).Value < Lens.Through(b, 0).Value);
    });

    [Fact]
    public void Near_the_bound_values_and_variances_are_as_they_were_and_far_from_it_as_their_slope_says()
    {
        const double Step = 1e-5;
        Assert.Equal((2 + 1e-6, 0.01), Near(Lens.Through(2 + 1e-6, 0.01)));
        foreach (double value in (double[])[-7, 1.5, 2, 2.3, 40])
        {
            double slope = (Lens.Through(value + Step, 0).Value - Lens.Through(value - Step, 0).Value) / (2 * Step);
            Assert.Equal(slope * slope * 0.01, Lens.Through(value, 0.01).Variance, 1e-8);
        }
    }

    [Fact]
    public void Values_that_all_lie_on_the_bound_need_none()
    {
        Assert.Null(BoundLens.Of(2, [2, 2, 2]));
        Assert.Null(BoundLens.Of(2, []));
    }

    private static (double Value, double Variance) Near((double Value, double Variance) pair) => (Math.Round(pair.Value, 12), Math.Round(pair.Variance, 12));
}
