namespace Distributed.Search.Tests;

public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(67)]
    [InlineData(150)]
    public void Inverse_determinant_and_solutions_agree_with_elimination(int n)
    {
        double[][] a = Positive(n);
        (double[,] inverse, double logarithm) = DenseAlgebra.Invert(DenseAlgebra.Full(a));
        var factor = Cholesky.Of(a)!;

        Assert.Equal(0, factor.Jitter);
        Assert.Equal(logarithm, factor.LogDeterminant(), 1e-9 * n);
        double[] b = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i))];
        double[] x = factor.SolveBoth(b);
        double[][] found = factor.Inverse();
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(Enumerable.Range(0, n).Sum(j => inverse[i, j] * b[j]), x[i], 1e-8);
            for (int j = 0; j <= i; j++) Assert.Equal(inverse[i, j], found[i][j], 1e-8);
        }
    }

    [Fact]
    public void Extending_is_factoring_the_larger_matrix()
    {
        double[][] large = Positive(80);
        var grown = Cholesky.Of(large[..70])!;
        for (int i = 70; i < 80; i++) grown = grown.Extend(large[i].AsSpan(0, i), large[i][i]);
        var whole = Cholesky.Of(large)!;

        double[] b = [.. Enumerable.Range(0, 80).Select(i => Math.Cos(i))];

        Assert.Equal(whole.LogDeterminant(), grown.LogDeterminant(), 1e-10);
        Assert.All(whole.SolveBoth(b).Zip(grown.SolveBoth(b)), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Fact]
    public void A_singular_matrix_climbs_the_jitter_ladder_and_says_so() =>
        Assert.InRange(Cholesky.Of([[1], [1, 1], [1, 1, 1]])!.Jitter, 1e-8, 1e-4);

    [Fact]
    public void A_matrix_that_is_not_positive_definite_or_not_finite_has_no_factor()
    {
        Assert.Null(Cholesky.Of([[1], [2, 1]]));
        Assert.Null(Cholesky.Of([[double.NaN]]));
    }

    /// <summary>B Bᵀ/n + I/2 of a random B.</summary>
    private static double[][] Positive(int n)
    {
        var random = new SeededRandom(9, "cholesky");
        double[][] b = [.. Enumerable.Range(0, n).Select(_ => Enumerable.Range(0, n).Select(_ => random.NextNormal()).ToArray())];
        return [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, i + 1)
            .Select(j => (b[i].Zip(b[j], (x, y) => x * y).Sum() / n) + (i == j ? 0.5 : 0)).ToArray())];
    }
}
