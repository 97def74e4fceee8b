using Distributed.Sweeps;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Sweeps whose trials are arithmetic: what they measure depends on the candidate alone, how long they take on the name of their model.</summary>
internal static class StubSweeps
{
    public static SweepSpec Of(string name, int trials, int steps, int stepMs, int horizon = 12) => new()
    {
        Name = new(name),
        Seed = 7,
        Model = new() { Zoo = Invariant($"stub:steps={steps},step-ms={stepMs},measure-ms=20") },
        Dataset = new() { Format = "shapes" },
        Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true), new Parameter.Real("learning-rate", 0.001, 0.1, Scale.Log)]),
        Budget = new() { Trials = trials },
        Sampler = new() { Horizon = horizon },
        EarlyStopping = new() { Enabled = false },
    };
}
