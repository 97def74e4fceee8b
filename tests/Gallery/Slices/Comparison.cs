namespace Distributed.Gallery;

/// <summary>What one plan gave.</summary>
/// <param name="Difference">Largest |sliced − masked|, relative to the largest logit.</param>
/// <param name="Signal">Largest difference between the logits of two images, relative to the same.</param>
/// <param name="SlicingMs">Time of the slicing.</param>
internal readonly record struct Comparison(double Difference, double Signal, double SlicingMs);
