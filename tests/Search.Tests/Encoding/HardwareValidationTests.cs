namespace Distributed.Search.Tests;

public sealed class HardwareValidationTests
{
    private static readonly SearchSpace One = new([new Parameter.Real("ratio", 0, 0.8)]);

    [Fact]
    public void Every_preset_goes_with_one_ratio() =>
        Assert.All(HardwarePresets.All, preset => HardwareValidation.Check(preset.Hardware, One));

    [Fact]
    public void What_a_granularity_rules_out_is_refused()
    {
        var uniform = new HardwareSpec { Granularity = Granularity.Uniform };
        Refused("hardware.granularity", uniform, new([new Parameter.Real("ratio", 0, 0.8, PerFamily: true)]));
        Refused("hardware.granularity", uniform, new([new Parameter.Real("ratio", 0, 0.8), new Parameter.Fixed("ranking", "per-microsecond")]));
        Refused("hardware.depth-weight", new() { DepthWeight = 0.3 }, new([new Parameter.Real("ratio", 0, 0.8, PerFamily: true)]));
        Refused("hardware.depth-weight", uniform with { DepthWeight = 0.3 }, One);
    }

    [Fact]
    public void Values_out_of_range_are_refused()
    {
        Refused("hardware.quantum", new() { Quantum = 0 }, One);
        Refused("hardware.depth-weight", new() { DepthWeight = 1 }, One);
        Refused("hardware.depth-weight", new() { DepthWeight = double.NaN }, One);
    }

    private static void Refused(string place, HardwareSpec hardware, SearchSpace space) =>
        Assert.Contains(place, Assert.Throws<InvalidInputException>(() => HardwareValidation.Check(hardware, space)).Message, StringComparison.Ordinal);
}
