namespace Distributed.StubSilo;

/// <summary>A net of two layers whose costs and accuracy are arithmetic.</summary>
internal static class StubModel
{
    private static readonly int[] Widths = [16, 32, 48, 64];

    public static ModelProfile Profile { get; } = new()
    {
        Families = [new("first", 64, Widths), new("second", 64, Widths)],
        Operators =
        [
            new() { Name = "a", Operator = "Conv", Input = new(3, []), Output = new(0, [new(0, 1)]), MacsPerPair = 900, ParametersPerPair = 9, Surface = "a" },
            new() { Name = "b", Operator = "Conv", Input = new(0, [new(0, 1)]), Output = new(0, [new(1, 1)]), MacsPerPair = 900, ParametersPerPair = 9, Surface = "b" },
        ],
        Surfaces = [new("a", [3], Widths, [1, 2, 3, 4]), new("b", Widths, Widths, [.. Widths.SelectMany(i => Widths.Select(o => i * o / 256.0))])],
        FixedBytes = 100,
        DenseMs = 2,
    };

    /// <summary>What a candidate gives; null for the dense model.</summary>
    public static Measurement Measure(Candidate? candidate)
    {
        CostModel costs = new(Profile);
        var cost = candidate is null ? costs.At([64, 64]) : costs.Costs(candidate);
        double accuracy = 0.9 - (0.4 * Math.Pow(1 - cost.LatencyRatio, 3));
        return new()
        {
            Accuracy = accuracy,
            TestAccuracy = accuracy,
            CorruptedAccuracy = accuracy / 2,
            AccuracyVariance = 1e-4,
            Latency = new(cost.LatencyMs, cost.LatencyMs * 1.1, cost.LatencyRatio, 0.001, 0.5, true, 0),
            Macs = cost.Macs,
            Parameters = cost.Parameters,
            Bytes = cost.Bytes,
        };
    }
}
