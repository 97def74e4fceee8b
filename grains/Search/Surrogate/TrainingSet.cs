namespace Distributed.Search;

/// <summary>What a Gaussian process learns from.</summary>
/// <param name="Inputs">n points of length d, about [0, 1].</param>
/// <param name="Ordered">For each of the d inputs whether nearness means anything; where not, only equality does.</param>
/// <param name="Targets">n values in natural units, finite.</param>
/// <param name="Variances">n known variances of the targets, at least 0.</param>
internal sealed record TrainingSet(
    IReadOnlyList<double[]> Inputs, IReadOnlyList<bool> Ordered, IReadOnlyList<double> Targets, IReadOnlyList<double> Variances);
