using System.Text.Json;
using Distributed.Compression.Tests.Trials;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Devices;

/// <summary>What only a real CUDA device can show.</summary>
[Collection(nameof(TrialCollection))]
public sealed class CudaTests(TrialFixture fixture)
{
    [Fact]
    public void A_short_trial_on_CUDA_learns_as_on_the_processor()
    {
        var found = CudaSupport.Find();
        Assert.SkipUnless(found.Devices > 0, $"There is no CUDA device that libtorch can use (this build carries {(found.Carried ? "CUDA" : "the processor only")}).");
        using RecordingContext here = new(), there = new();
        var outcome = Assert.IsType<TrialOutcome.Prepared>(fixture.Run(fixture.Store, TrialFixture.Dense(TrialFixture.Spec, epoch: 171), there, TrainingDevice.Of("cuda")));
        Assert.IsType<TrialOutcome.Prepared>(fixture.Run(fixture.Store, TrialFixture.Dense(TrialFixture.Spec, epoch: 172), here));
        double[] expected = Losses(here), losses = Losses(there);
        Assert.Equal(expected[0], losses[0], 0.02 * expected[0]);
        Assert.Equal(expected[^1], losses[^1], 0.1 * expected[^1]);
        Assert.Equal("cuda", JsonSerializer.Deserialize<Lineage>(fixture.Read(outcome.Artifacts.Lineage), SweepJson.Options)!.Device);
    }

    private static double[] Losses(RecordingContext context) => [.. context.Progress.Select(progress => progress.Loss).OfType<double>()];
}
