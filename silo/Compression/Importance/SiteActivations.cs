namespace Distributed.Compression.Importance;

/// <summary>What the units of a family put out at one value of the network: behind the activation function, in front of pooling.</summary>
/// <param name="Value">The value's name.</param>
/// <param name="Magnitude">For each unit the mean of |a| over images and positions.</param>
/// <param name="Positive">For each unit the part of its activations above 0; one minus the percentage of zeros behind a ReLU.</param>
/// <param name="ImageMeans">For each unit, for each image, the mean activation over positions.</param>
/// <param name="GradientWeighted">
/// For each unit the mean over the images of |Σ a · ∂L/∂a|, the sum over positions: the slope of the loss against a gate on the unit. Null where
/// it was not asked for.
/// </param>
internal sealed record SiteActivations(string Value, double[] Magnitude, double[] Positive, double[][] ImageMeans, double[]? GradientWeighted);
