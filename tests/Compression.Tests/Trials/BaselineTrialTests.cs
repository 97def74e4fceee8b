using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

[Collection(nameof(TrialCollection))]
public sealed class BaselineTrialTests(TrialFixture fixture)
{
    [Fact]
    public void A_baseline_brings_a_measurement_and_a_profile_that_predicts_it()
    {
        var prepared = fixture.Baseline;
        var dense = new CostModel(prepared.Profile).At([.. prepared.Profile.Families.Select(family => family.Width)]);
        Assert.Equal((prepared.Measurement.Macs, prepared.Measurement.Parameters), (dense.Macs, dense.Parameters));
        Assert.Equal(prepared.Measurement.Bytes, dense.Bytes);
        Assert.Equal((1, 1), (dense.LatencyRatio, prepared.Measurement.Latency.Ratio));
        Assert.NotEmpty(prepared.Profile.Surfaces);
        Assert.Equal(["l1", "taylor"], prepared.Profile.Scores.Select(scores => scores.Criterion));
        Assert.Null(prepared.Imported);
        Assert.Null(prepared.Artifacts.Plan);
    }

    [Fact]
    public void Its_file_scores_in_ONNX_Runtime_what_it_reports() =>
        Exported.Check(fixture, fixture.Baseline.Artifacts, fixture.Baseline.Measurement);

    [Fact]
    public void Zero_epochs_leave_the_weights_as_they_are()
    {
        var spec = TrialFixture.Spec with { Name = new("untrained"), Baseline = TrialFixture.Spec.Baseline with { Epochs = 0 } };
        var prepared = Assert.IsType<TrialOutcome.Prepared>(fixture.Run(fixture.Store, TrialFixture.Dense(spec)));
        var built = Distributed.Compression.Graph.Zoo.Build("resnet-8", 3, 24, 24, 10, spec.Seed);
        Assert.Equal(Distributed.Compression.Graph.OnnxWriter.ToBytes(built), fixture.Read(prepared.Artifacts.Model));
    }

    [Fact]
    public void A_baseline_whose_loss_still_falls_says_so()
    {
        var training = TrialFixture.Spec.Baseline with { Epochs = 10, LearningRate = 0.02, Warmup = 0.99, CropPadding = 0, Flip = false };
        var spec = TrialFixture.Spec with { Name = new("falling"), Baseline = training };
        Assert.True(Assert.IsType<TrialOutcome.Prepared>(fixture.Run(fixture.Store, TrialFixture.Dense(spec))).StillFalling);
        Assert.False(fixture.Baseline.StillFalling);
    }

    [Fact]
    public void A_kept_layer_keeps_its_dense_width()
    {
        string first = fixture.Baseline.Profile.Families[0].Name;
        var spec = TrialFixture.Spec with { Name = new("kept"), Model = TrialFixture.Spec.Model with { Keep = [first] } };
        var prepared = Assert.IsType<TrialOutcome.Prepared>(fixture.Run(fixture.Store, TrialFixture.Dense(spec)));
        Assert.Equal([prepared.Profile.Families[0].Width], prepared.Profile.Families[0].Widths);
        Assert.All(prepared.Profile.Families.Skip(1), family => Assert.True(family.Widths.Count > 1));
    }
}
