namespace Distributed.Search;

/// <summary>Finds the most probable hyperparameters of a Gaussian process (MAP).</summary>
/// <remarks>
/// A few starts run for some steps each; the best of them goes on to its end. Above <see cref="Most"/> trials the hyperparameters are
/// learnt from a part of them, evenly spread over their order: they change little, and the cost of learning grows with the cube.
/// </remarks>
internal static class ProcessFit
{
    /// <summary>The trials that hyperparameters are learnt from, at most.</summary>
    public const int Most = 256;

    private const int Heat = 12;
    private const int Iterations = 60;

    /// <summary>The fitted process, conditioned on all trials.</summary>
    /// <param name="data">At least one trial.</param>
    /// <param name="kinds">The kernels to choose from; the one whose hyperparameters are most probable is taken.</param>
    public static GaussianProcess Of(TrainingSet data, params IReadOnlyList<KernelKind> kinds)
    {
        var thinned = data.Thinned(Most);
        var best = kinds.Select(kind => (Kind: kind, Found: Hyper(thinned, kind))).MinBy(fit => fit.Found.Value);
        return GaussianProcess.At(data, best.Found.Point, best.Kind);
    }

    private static (double[] Point, double Value) Hyper(TrainingSet data, KernelKind kind)
    {
        var likelihood = MarginalLikelihood.Of(data, kind);
        var heats = Hyperparameters.Starts(data.Ordered.Count).Select(start => Lbfgs.Minimize(likelihood.Evaluate, start, Heat, 1e-2));
        return Lbfgs.Minimize(likelihood.Evaluate, heats.MinBy(heat => heat.Value).Point, Iterations, 1e-2);
    }
}
