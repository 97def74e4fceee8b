using System.Text.Json;
using Distributed.Compression.Graph;
using Distributed.Compression.Quantization;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

[Collection(nameof(TrialCollection))]
public sealed class QuantizationStageTests(TrialFixture fixture)
{
    private TrialOutcome.Completed Complete(int epoch, RecordingContext context, params (string Name, ParameterValue Value)[] values) =>
        Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, fixture.Candidate(epoch, values), context));

    [Theory]
    [InlineData(60, "off", "entropy")]
    [InlineData(61, "on", "percentile")]
    public void An_int8_candidate_is_judged_by_the_file_that_is_measured(int epoch, string aware, string calibration)
    {
        using var context = new RecordingContext();
        var completed = Complete(epoch, context, (ParameterNames.Ratio, 0.5), (ParameterNames.Precision, "int8"), (ParameterNames.Calibration, calibration), (ParameterNames.QuantizationAware, aware));
        Exported.Check(fixture, completed.Artifacts, completed.Measurement);
        var kernels = RunningKernels.Count(fixture.Read(completed.Artifacts.Model));
        Assert.Equal(9, kernels["QLinearConv"]);
        Assert.DoesNotContain("Conv", kernels.Keys);
        var plan = JsonSerializer.Deserialize<PlanFile>(fixture.Read(completed.Artifacts.Plan!), SweepJson.Options)!;
        Assert.Equal((calibration, 96, aware == "on"), (plan.Quantization!.Calibration, plan.Quantization.Images, plan.Quantization.Aware));
        Assert.Empty(plan.Quantization.Floats);
        Assert.Contains(plan.Quantization.Activations, activation => activation.Value is { Scale: > 0, ZeroPoint: 0 });
        Assert.Equal(1.5, completed.Epochs);
    }

    [Fact]
    public void Costs_of_int8_are_foretold_to_a_few_bytes_and_latency_is_not()
    {
        using var context = new RecordingContext();
        var dense = Network(fixture.Baseline.Artifacts.Model);
        var spec = TrialFixture.Spec with { Space = new([new Parameter.Fixed(ParameterNames.Precision, "int8")]) };
        var profile = fixture.Baseline.Profile with { Int8FixedBytes = DenseProfile.Int8FixedBytes(dense, fixture.Baseline.Profile, spec) };
        foreach (double ratio in (double[])[0, 0.5])
        {
            var assignment = fixture.Candidate(62 + (int)(2 * ratio), (ParameterNames.Ratio, ratio), (ParameterNames.Precision, "int8"), (ParameterNames.Epochs, 0));
            var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment, context));
            var known = new CostModel(profile).Costs(assignment.Candidate!);
            Assert.Equal((completed.Measurement.Macs, completed.Measurement.Parameters), (known.Macs, known.Parameters));
            Assert.InRange(completed.Measurement.Bytes, known.Bytes * 0.99, known.Bytes * 1.01);
            Assert.Equal([null, null], new[] { known.Of(Metric.LatencyRatio), known.Of(Metric.LatencyMs) });
            Assert.True(completed.Measurement.Bytes < fixture.Baseline.Measurement.Bytes / 2);
        }
    }

    [Fact]
    public void An_int8_file_is_measured_beside_its_float_parent_and_a_float_one_is_not()
    {
        using RecordingContext int8 = new(), floats = new();
        var quantized = Complete(64, int8, (ParameterNames.Ratio, 0.3), (ParameterNames.Precision, "int8"), (ParameterNames.Epochs, 0));
        var plain = Complete(65, floats, (ParameterNames.Ratio, 0.3), (ParameterNames.Epochs, 0));
        Assert.Equal((2, 1), (int8.Measurements, floats.Measurements));
        Assert.True(quantized.Measurement.OverFloat32 > 0);
        Assert.Null(plain.Measurement.OverFloat32);
    }

    [Theory]
    [InlineData(80, "off")]
    [InlineData(81, "on")]
    public void Layers_have_the_bits_that_the_plan_tells_also_when_they_were_trained_with_them(int epoch, string aware)
    {
        using var context = new RecordingContext();
        var completed = Complete(epoch, context, (ParameterNames.Ratio, 0.5), (ParameterNames.Precision, "int8"), (ParameterNames.WeightBits, 3.5), (ParameterNames.QuantizationAware, aware));
        var plan = JsonSerializer.Deserialize<PlanFile>(fixture.Read(completed.Artifacts.Plan!), SweepJson.Options)!;
        var told = plan.Quantization!.Weights!;
        Assert.InRange(told.Mean, 2.5, 3.5);
        var levels = Network(completed.Artifacts.Model).Initializers.Where(pair => pair.Value is IntegerTensor { Type: ElementType.Int8 } && pair.Key.EndsWith(".q", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key[..^2], pair => ((IntegerTensor)pair.Value).Data);
        Assert.Equal(told.Layers.Keys, levels.Keys.Order(StringComparer.Ordinal));
        Assert.All(told.Layers, layer => Assert.Equal(new WeightRounding(layer.Value, 1).Levels, levels[layer.Key].Max(Math.Abs)));
        Assert.Equal((told.Layers.Sum(layer => layer.Value * (long)levels[layer.Key].Length) + 7) / 8, told.PackedBytes);
        Exported.Check(fixture, completed.Artifacts, completed.Measurement);
    }

    [Fact]
    public void Training_with_the_rounding_resumes_to_the_same_bits()
    {
        (string, ParameterValue)[] values = [(ParameterNames.Ratio, 0.5), (ParameterNames.Precision, "int8"), (ParameterNames.QuantizationAware, "on"), (ParameterNames.WeightBits, 4)];
        using var context = new RecordingContext();
        var whole = Complete(66, context, values);
        using var drained = new RecordingContext { DrainAt = 7 };
        Assert.Null(fixture.Run(fixture.Store, fixture.Candidate(67, values), drained));
        using var resumed = new RecordingContext();
        var again = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, fixture.Candidate(68, values) with { Checkpoint = drained.Checkpoints[^1] }, resumed));
        Assert.Equal(whole.Artifacts.Model.Sha256, again.Artifacts.Model.Sha256);
    }

    private Network Network(ArtifactRef model)
    {
        using var stream = new MemoryStream(fixture.Read(model));
        return OnnxReader.Read(stream, "model");
    }
}
