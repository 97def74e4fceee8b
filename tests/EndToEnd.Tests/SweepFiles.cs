namespace Distributed.EndToEnd.Tests;

/// <summary>Small sweeps that end in a minute.</summary>
internal static class SweepFiles
{
    public static string Shapes(int trials = 5, int seed = 1, string extra = "") => Invariant($$"""
        name: small
        seed: {{seed}}
        model: { zoo: lenet }
        dataset: { format: shapes, train: 600, validation: 200, test: 200 }
        baseline: { epochs: 2, learning-rate: 0.05 }
        recovery: { epochs: 1, learning-rate: 0.02 }
        space:
          ratio: { real: [0, 0.8] }
          criterion: [l1, random]
        budget: { trials: {{trials}} }
        latency: { sessions: 5, warmup: 5, runs: 10 }
        {{extra}}
        """);

    public static string MnistFile(string data) => Invariant($$"""
        name: digits
        seed: 3
        model: { zoo: lenet, mean: [0.1307], std: [0.3081] }
        dataset: { format: idx, path: {{data}}, train: 3000, validation: 1000 }
        baseline: { epochs: 1, learning-rate: 0.05 }
        recovery: { epochs: 0.5, learning-rate: 0.02 }
        space:
          ratio: { real: [0.2, 0.8] }
        budget: { trials: 3 }
        latency: { sessions: 5, warmup: 5, runs: 10 }
        """);
}
