namespace Distributed.Client.Tests.SweepFiles;

public sealed class HardwareSectionTests
{
    private const string Head = "{ name: h, model: { zoo: lenet }, dataset: { format: shapes }, budget: { trials: 3 }, ";
    private const string Ratio = "space: { ratio: { real: [0, 0.8] } }, ";

    [Fact]
    public void Without_a_word_the_timings_of_the_host_count()
    {
        var spec = Texts.Parse(Head + Ratio + "}");
        Assert.Null(spec.Hardware);
        Assert.Equal(1, spec.Latency.BatchSize);
    }

    [Fact]
    public void A_name_is_its_preset_with_its_batch_size()
    {
        var spec = Texts.Parse(Head + Ratio + "hardware: gpu }");
        Assert.Equal(HardwarePresets.Find("gpu")!.Hardware, spec.Hardware);
        Assert.Equal(32, spec.Latency.BatchSize);
    }

    [Fact]
    public void What_the_mapping_says_overrides_the_preset()
    {
        var spec = Texts.Parse(Head + Ratio + "hardware: { preset: mobile, quantum: 4, batch-size: 2 } }");
        Assert.Equal(new() { Preset = "mobile", Quantum = 4, DepthWeight = 0.5 }, spec.Hardware);
        Assert.Equal(2, spec.Latency.BatchSize);
        Assert.Null(Texts.Parse(Head + Ratio + "hardware: { preset: mobile, quantum: detected } }").Hardware!.Quantum);
    }

    [Fact]
    public void A_devices_precision_is_fixed_unless_the_space_holds_one()
    {
        static ParameterValue? Fixed(string file) => Texts.Parse(file).Space.Parameters.OfType<Parameter.Fixed>().SingleOrDefault(parameter => parameter.Name == ParameterNames.Precision)?.Value;
        Assert.Equal((ParameterValue)"int8", Fixed(Head + Ratio + "hardware: mobile }"));
        Assert.Equal((ParameterValue)"float32", Fixed(Head + Ratio + "hardware: { preset: mobile, precision: float32 } }"));
        Assert.Null(Fixed(Head + Ratio + "hardware: gpu }"));
        var both = Texts.Parse(Head + "space: { ratio: { real: [0, 0.8] }, precision: [float32, int8] }, hardware: fpga }").Space;
        Assert.IsType<Parameter.Categorical>(both.Parameters.Single(parameter => parameter.Name == ParameterNames.Precision));
    }

    [Fact]
    public void A_devices_bits_are_fixed_unless_the_space_holds_some()
    {
        static ParameterValue? Fixed(string file) => Texts.Parse(file).Space.Parameters.OfType<Parameter.Fixed>().SingleOrDefault(parameter => parameter.Name == ParameterNames.WeightBits)?.Value;
        Assert.Equal((ParameterValue)4, Fixed(Head + Ratio + "hardware: fpga }"));
        Assert.Equal((ParameterValue)5.5, Fixed(Head + Ratio + "hardware: { preset: fpga, weight-bits: 5.5 } }"));
        Assert.Null(Fixed(Head + Ratio + "hardware: mobile }"));
        // The space as 0.3.0 had it: a sweep that it began can go on.
        Assert.Null(Fixed(Head + Ratio + "hardware: { preset: fpga, weight-bits: 8 } }"));
        var both = Texts.Parse(Head + "space: { ratio: { real: [0, 0.8] }, weight-bits: { real: [3, 8] } }, hardware: fpga }").Space;
        Assert.IsType<Parameter.Real>(both.Parameters.Single(parameter => parameter.Name == ParameterNames.WeightBits));
    }

    [Fact]
    public void The_latency_section_has_the_last_word_on_the_batch_size_of_a_preset() =>
        Assert.Equal(8, Texts.Parse(Head + Ratio + "hardware: gpu, latency: { batch-size: 8 } }").Latency.BatchSize);

    [Theory]
    [InlineData("hardware: toaster", "'toaster' is not a kind of hardware")]
    [InlineData("hardware: { batch-size: 2 }, latency: { batch-size: 3 }", "the batch size stands in 'hardware' and in 'latency'")]
    [InlineData("hardware: { granularity: uniform, depth-weight: 0.5 }", "weighs depths")]
    [InlineData("hardware: { quantum: 0 }", "'hardware.quantum' is 0")]
    [InlineData("hardware: { weight-bits: 1 }", "'hardware.weight-bits' is 1")]
    public void What_cannot_be_is_said(string hardware, string said) =>
        Assert.Contains(Texts.Problems(Head + Ratio + hardware + " }"), problem => problem.ToString()!.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("space: { ratio: { real: [0, 0.8], per: family } }, hardware: mobile", "weighs depths, but families have ratios of their own")]
    [InlineData("space: { ratio: { real: [0, 0.8] }, precision: [float32, int8] }, hardware: { precision: int8 }", "the precision stands in 'hardware' and in 'space'")]
    [InlineData("space: { ratio: { real: [0, 0.8] }, weight-bits: 3 }, hardware: { precision: int8, weight-bits: 4 }", "the weights' bits stand in 'hardware' and in 'space'")]
    public void Hardware_and_space_do_not_contradict_each_other_silently(string rest, string said) =>
        Assert.Contains(Texts.Problems(Head + rest + " }"), problem => problem.ToString()!.Contains(said, StringComparison.Ordinal));

    [Theory]
    [InlineData("space: { ratio: { real: [0, 0.8], per: family } }, ", "families have ratios of their own")]
    [InlineData("space: { ratio: { real: [0, 0.8] }, ranking: [local, global] }, ", "the ranking compares families")]
    public void One_part_for_all_families_goes_with_one_ratio_only(string space, string said) =>
        Assert.Contains(Texts.Problems(Head + space + "hardware: edge }"), problem => problem.ToString()!.Contains(said, StringComparison.Ordinal));
}
