namespace Distributed.Benchmarks;

/// <summary>How well a predictor tells measured values.</summary>
/// <param name="MeanError">Mean of |predicted − measured|.</param>
/// <param name="Bias">Mean of predicted − measured.</param>
/// <param name="Kendall">Kendall's τ-b (1945): concordant less discordant pairs, over the geometric mean of the pairs untied in either; 1 orders all alike.</param>
internal readonly record struct Agreement(double MeanError, double Bias, double Kendall)
{
    /// <param name="predicted">At least two values.</param>
    /// <param name="measured">As many.</param>
    public static Agreement Of(IReadOnlyList<double> predicted, IReadOnlyList<double> measured)
    {
        double[] errors = [.. predicted.Zip(measured, (p, m) => p - m)];
        long concordance = 0, untiedPredicted = 0, untiedMeasured = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                (int p, int m) = (predicted[i].CompareTo(predicted[j]), measured[i].CompareTo(measured[j]));
                concordance += p * m;
                untiedPredicted += Math.Abs(p);
                untiedMeasured += Math.Abs(m);
            }
        }

        return new(errors.Average(Math.Abs), errors.Average(), concordance / Math.Sqrt((double)untiedPredicted * untiedMeasured));
    }

    /// <inheritdoc/>
    public override string ToString() => Invariant($"mean error {MeanError:0.000}, bias {Bias:+0.000;-0.000}, Kendall τ {Kendall:0.000}");
}
