namespace Distributed.Search;

/// <summary>Finds the most probable hyperparameters of a Gaussian process (MAP).</summary>
/// <remarks>
/// A few starts run for some steps each, on at most <see cref="MostInHeats"/> trials; the best of them goes on to its end. Above
/// <see cref="Most"/> trials the hyperparameters are learnt from a part of them, evenly spread over their order: they change little, and the
/// cost of learning grows with the cube. Where noise is more than <see cref="MuchNoise"/> of the trials' variance, what is rough cannot be
/// told from it, and the smoother kernel averages over more trials: it takes the place of the Matérn.
/// </remarks>
internal static class ProcessFit
{
    /// <summary>The trials that hyperparameters are learnt from, at most.</summary>
    public const int Most = 256;

    private const int MostInHeats = 100;

    /// <summary>The share of the trials' variance above which noise is a good part of it.</summary>
    public const double MuchNoise = 0.01;

    /// <summary>Below this noise of standardised targets they are taken for the values themselves.</summary>
    private const double Exact = 1e-5;

    private const int Draws = 16;
    private const int Heat = 12;
    private const int Iterations = 60;

    /// <summary>Steepest slope and smallest relative fall at the end: some thousandths of the log posterior, less than the data tell.</summary>
    private const double Slope = 1e-2;
    private const double Fall = 1e-5;

    /// <summary>The fitted process, conditioned on all trials.</summary>
    /// <param name="data">At least one trial.</param>
    /// <param name="kind">The kernel where there is little noise.</param>
    /// <param name="random">Where the draws come from that stand for the values behind noisy trials.</param>
    public static GaussianProcess Of(TrainingSet data, KernelKind kind, SeededRandom random)
    {
        var learnt = data.Thinned(Most);
        double[] theta = Theta(learnt, kind);
        if (kind == KernelKind.Matern52 && NoiseShare(data, theta) > MuchNoise)
        {
            kind = KernelKind.SquaredExponential;
            theta = Theta(learnt, kind);
        }

        double noise = Noise(data, theta, variances => variances.Max());
        return noise < Exact
            ? GaussianProcess.At(data, theta, kind)
            : GaussianProcess.Drawn(data, theta, kind, Draws, random);
    }

    /// <summary>The noise, learnt and known, as a share of the trials' variance.</summary>
    public static double NoiseShare(TrainingSet data, double[] theta) =>
        Noise(data, theta, variances => variances.Average()) * Hyperparameters.Amplitude(theta);

    /// <summary>What is learnt and what is known of the noise, in units of the amplitude.</summary>
    private static double Noise(TrainingSet data, double[] theta, Func<double[], double> known) =>
        Hyperparameters.Noise(theta) + known(data.Standardized(Hyperparameters.Amplitude(theta)).Variances);

    private static double[] Theta(TrainingSet data, KernelKind kind)
    {
        var likelihood = MarginalLikelihood.Of(data, kind);
        var rough = data.Targets.Count > MostInHeats ? MarginalLikelihood.Of(data.Thinned(MostInHeats), kind) : likelihood;
        var heats = Hyperparameters.Starts(data.Ordered.Count).Select(start => Lbfgs.Minimize(rough.Evaluate, start, Heat, Slope));
        return Lbfgs.Minimize(likelihood.Evaluate, heats.MinBy(heat => heat.Value).Point, Iterations, Slope, Fall).Point;
    }
}
