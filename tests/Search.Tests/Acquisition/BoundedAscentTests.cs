namespace Distributed.Search.Tests;

public sealed class BoundedAscentTests
{
    [Fact]
    public void It_ends_at_the_top_of_a_hill_that_lies_partly_outside_the_cube()
    {
        double[] centre = [0.3, 1.4, 0.6, -0.2];
        double[] weight = [1, 20, 400, 3];
        double Hill(ReadOnlySpan<double> x, Span<double> gradient)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum -= weight[i] * (x[i] - centre[i]) * (x[i] - centre[i]);
                gradient[i] = -2 * weight[i] * (x[i] - centre[i]);
            }

            return sum;
        }

        (double[] point, _) = BoundedAscent.Maximize(Hill, [0.5, 0.5, 0.1, 0.9], ([0, 0, 0, 0], [1, 1, 1, 1]), 100);

        Assert.All(point.Zip([0.3, 1, 0.6, 0]), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Fact]
    public void What_is_not_free_stays()
    {
        static double Slope(ReadOnlySpan<double> x, Span<double> gradient)
        {
            gradient.Fill(1);
            return x[0] + x[1];
        }

        double[] point = BoundedAscent.Maximize(Slope, [0.5, 0.25], ([0, 0.25], [1, 0.25]), 50).Point;

        Assert.Equal(1, point[0], 1e-12);
        Assert.Equal(0.25, point[1]);
    }
}
