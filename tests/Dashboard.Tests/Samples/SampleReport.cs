namespace Distributed.Dashboard.Tests.Samples;

/// <summary>A report on a small network.</summary>
internal static class SampleReport
{
    public static ModelReport Of(int trial) => new()
    {
        Model = "model.onnx",
        Sweep = SampleLog.Spec.Name,
        Trial = new(trial),
        Dense = new(0.95, 12_500_000, 78_000, 312_000, 300),
        Pruned = new(0.93, 6_000_000, 30_000, 130_000, 160),
        Layers = [new() { Name = "a", Operator = "Conv", DenseWidth = 64, Width = 32, DenseMacs = 100, Macs = 50, DenseMicroseconds = 20, Microseconds = 11, Cka = 0.912 }],
        Families = [new("first", 64, 32)],
        Agreement = new(100, 95, 4, 1, [], []),
        Confusion = new(["x"], [[1]], [[1]]),
        Sensitivity = new("l1", 100, [0.25, 0.5], [new("first", [0.9, null])]),
    };
}
