using Distributed.Compression.Insight;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Insight;

public sealed class KernelAlignmentTests
{
    [Fact]
    public void It_does_not_change_when_features_are_rotated_scaled_and_shifted()
    {
        SeededRandom random = new(1, "cka");
        double[][] x = Features(random, 12, 3);
        (double cos, double sin) = (Math.Cos(0.7), Math.Sin(0.7));
        double[][] y = [.. x.Select(row => new[] { 5 + (2 * ((cos * row[0]) - (sin * row[1]))), (2 * ((sin * row[0]) + (cos * row[1]))) - 3, 2 * row[2] })];

        Assert.Equal(1, KernelAlignment.Of(Gram(x), Gram(y), 12)!.Value, 9);
        double[] other = Gram(Features(random, 12, 5));
        Assert.Equal(KernelAlignment.Of(Gram(x), other, 12)!.Value, KernelAlignment.Of(Gram(y), other, 12)!.Value, 9);
    }

    [Fact]
    public void Features_without_correlation_have_none() =>
        Assert.Equal(0, KernelAlignment.Of(Gram([[1], [1], [-1], [-1]]), Gram([[1], [-1], [1], [-1]]), 4)!.Value, 12);

    [Fact]
    public void One_of_two_equal_directions_left_has_the_closed_form() =>
        // X = two uncorrelated columns of variance 1, Y = the first alone: ⟨K, L⟩ = 16, ‖K‖ = √32, ‖L‖ = 4.
        Assert.Equal(1 / Math.Sqrt(2), KernelAlignment.Of(Gram([[1, 1], [1, -1], [-1, 1], [-1, -1]]), Gram([[1], [1], [-1], [-1]]), 4)!.Value, 12);

    [Fact]
    public void A_layer_that_is_the_same_for_all_images_cannot_be_compared() =>
        Assert.Null(KernelAlignment.Of(Gram([[1], [2], [3]]), Gram([[4], [4], [4]]), 3));

    private static double[][] Features(SeededRandom random, int count, int width) =>
        [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => random.NextNormal()).ToArray())];

    private static double[] Gram(double[][] rows) => [.. rows.SelectMany(a => rows.Select(b => a.Zip(b, (x, y) => x * y).Sum()))];
}
