namespace Distributed.Search;

/// <summary>What is expected of one metric at a point.</summary>
/// <param name="Forecast">Over all draws of the values behind noisy trials; deviation 0 for what is known.</param>
/// <param name="Means">For each draw; one where nothing is noisy.</param>
internal sealed record Expected(Prediction Forecast, double[] Means)
{
    /// <summary>∂/∂x_j of the forecast's mean; null when it was not asked for.</summary>
    public double[]? OfMean { get; init; }

    /// <summary>∂/∂x_j of the deviation.</summary>
    public double[]? OfDeviation { get; init; }

    /// <summary>∂/∂x_j of the mean of each draw.</summary>
    public double[][]? OfMeans { get; init; }

    /// <summary>The mean in one draw; where there is one only, it stands in all.</summary>
    public double Mean(int draw) => Means[Means.Length == 1 ? 0 : draw];

    /// <summary>The slopes of <see cref="Mean"/>.</summary>
    public double[] Slopes(int draw) => OfMeans![Means.Length == 1 ? 0 : draw];
}
