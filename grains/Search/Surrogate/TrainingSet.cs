namespace Distributed.Search;

/// <summary>What a Gaussian process learns from.</summary>
/// <param name="Inputs">n points of length d, about [0, 1].</param>
/// <param name="Ordered">For each of the d inputs whether nearness means anything; where not, only equality does.</param>
/// <param name="Targets">n values, finite: of the metric, or of what is seen of it through a lens.</param>
/// <param name="Variances">n known variances of the targets, at least 0.</param>
internal sealed record TrainingSet(
    IReadOnlyList<double[]> Inputs, IReadOnlyList<bool> Ordered, IReadOnlyList<double> Targets, IReadOnlyList<double> Variances)
{
    /// <summary>The targets with mean 0 and variance 1/amplitude, their known variances in that unit, and the way back.</summary>
    /// <param name="amplitude">Variance of the process in units of the targets' variance.</param>
    public (Standardization Scale, double[] Targets, double[] Variances) Standardized(double amplitude)
    {
        (var scale, double[] targets) = Standardization.Of(Targets);
        double unit = Math.Sqrt(amplitude);
        scale = scale with { Deviation = scale.Deviation * unit };
        return (scale, Array.ConvertAll(targets, target => target / unit), [.. Variances.Select(variance => variance / (scale.Deviation * scale.Deviation))]);
    }

    /// <summary>The same values and variances through a lens.</summary>
    public TrainingSet Through(ILens lens)
    {
        (double Value, double Variance)[] seen = [.. Targets.Select((target, i) => lens.Through(target, Variances[i]))];
        return this with { Targets = [.. seen.Select(one => one.Value)], Variances = [.. seen.Select(one => one.Variance)] };
    }

    /// <summary>At most so many of the rows, evenly spread over their order; the last one is among them.</summary>
    public TrainingSet Thinned(int most)
    {
        int n = Inputs.Count;
        if (n <= most) return this;
        int[] kept = [.. Enumerable.Range(1, most).Select(i => (int)((long)i * n / most) - 1)];
        return this with
        {
            Inputs = [.. kept.Select(i => Inputs[i])],
            Targets = [.. kept.Select(i => Targets[i])],
            Variances = [.. kept.Select(i => Variances[i])],
        };
    }
}
