namespace Distributed.Search.Tests;

public sealed class LbfgsTests
{
    [Fact]
    public void It_finds_the_bottom_of_Rosenbrocks_valley()
    {
        (double[] point, double value) = Lbfgs.Minimize(Rosenbrock, [-1.2, 1], 200, 1e-8);

        Assert.Equal(1, point[0], 1e-4);
        Assert.Equal(1, point[1], 1e-4);
        Assert.Equal(0, value, 1e-8);
    }

    [Fact]
    public void A_start_where_the_function_is_not_defined_is_returned_as_it_is()
    {
        (double[] point, double value) = Lbfgs.Minimize((_, _) => double.NaN, [3.0], 10);

        Assert.Equal([3.0], point);
        Assert.Equal(double.NaN, value);
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double valley = x[1] - (x[0] * x[0]);
        gradient[0] = (-400 * x[0] * valley) - (2 * (1 - x[0]));
        gradient[1] = 200 * valley;
        return (100 * valley * valley) + ((1 - x[0]) * (1 - x[0]));
    }
}
