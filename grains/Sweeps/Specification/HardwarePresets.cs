namespace Distributed.Sweeps;

/// <summary>Known kinds of devices. A sweep file names one and may override any value.</summary>
/// <param name="Name">As the sweep file has it.</param>
/// <param name="Hardware">What stands in the sweep's spec.</param>
/// <param name="BatchSize">Inputs in a batch when latency is measured, where the file does not say.</param>
/// <param name="Precision">What is fixed as the candidates' precision where the search space does not hold it; null leaves it to the trial.</param>
/// <param name="About">In one sentence.</param>
/// <param name="WeightBits">What is fixed as the mean bits of int8 weights where the search space does not hold it; null leaves it to the trial.</param>
public sealed record HardwarePreset(string Name, HardwareSpec Hardware, int BatchSize, string? Precision, string About, double? WeightBits = null);

/// <summary>The presets.</summary>
public static class HardwarePresets
{
    /// <summary>The preset of a spec that names none.</summary>
    public const string ServerCpu = "server-cpu";

    /// <summary>All presets, in the order in which they are listed.</summary>
    public static IReadOnlyList<HardwarePreset> All { get; } =
    [
        new(ServerCpu, new(), 1, null, "Widths as this host's timings show them, one image at a time, float32."),
        new("mobile", new() { Preset = "mobile", Quantum = 8, DepthWeight = 0.5 }, 1, "int8", "Deep layers lose more, widths in eights, int8."),
        new("edge", new() { Preset = "edge", Quantum = 8, Granularity = Granularity.Uniform }, 1, "int8", "One part of the channels for all layers, widths in eights, int8."),
        new("gpu", new() { Preset = "gpu", Quantum = 8 }, 32, null, "Widths in eights, batches of 32, float32."),
        new("fpga", new() { Preset = "fpga", Quantum = 4 }, 1, "int8", "Widths in fours, int8 with weights of 4 bits in the mean, each layer with bits of its own.", 4),
    ];

    /// <summary>A preset, or null.</summary>
    public static HardwarePreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);
}
