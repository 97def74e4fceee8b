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

    /// <summary>What stands for a model and a dataset: a stub reads neither.</summary>
    public static (string Model, string Data) Inputs(string folder)
    {
        string model = Path.Combine(folder, "net.onnx"), data = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        System.IO.File.WriteAllText(model, "a network");
        foreach (string image in (string[])["one", "two"]) System.IO.File.WriteAllText(Path.Combine(data, $"{image}.txt"), image);
        return (model, data);
    }

    /// <summary>A short one as a user writes it, with a model and a dataset of this machine.</summary>
    /// <returns>The file's path.</returns>
    public static string File(string folder, string name, int trials, string model, string data)
    {
        string path = Path.Combine(folder, $"{name}.yaml");
        System.IO.File.WriteAllText(path, Invariant($$"""
            name: {{name}}
            seed: 7
            model: { onnx: {{model}} }
            dataset: { format: image-folder, path: {{data}} }
            space:
              ratio: { real: [0, 0.75] }
            sampler: { name: sobol, horizon: 4 }
            early-stopping: { enabled: false }
            budget: { trials: {{trials}} }
            """));
        return path;
    }
}
