using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

[Collection(nameof(TrialCollection))]
public sealed class ResumingTests(TrialFixture fixture)
{
    private static readonly (string, ParameterValue)[] Everything =
    [
        (ParameterNames.Ratio, 0.5), (ParameterNames.Steps, 2), (ParameterNames.Distillation, 0.5), (ParameterNames.Temperature, 2), (ParameterNames.Teacher, "progressive"),
        (ParameterNames.CutMix, 0.5), (ParameterNames.Restarts, 1), (ParameterNames.DecaySchedule, "low-while-pruning"), (ParameterNames.GroupSparsity, 0.001),
        (ParameterNames.Reconstruction, "least-squares"), (ParameterNames.Precision, "int8"), (ParameterNames.QuantizationAware, "on"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_baseline_drained_again_and_again_gives_the_same_bits(ulong seed)
    {
        var spec = TrialFixture.Spec;
        var drained = Assert.IsType<TrialOutcome.Prepared>(Interrupted(TrialFixture.Dense(spec, epoch: (int)(100 * seed)), seed));
        Assert.Equal(fixture.Baseline.Artifacts.Model.Sha256, drained.Artifacts.Model.Sha256);
        Assert.Equal(fixture.Baseline.Artifacts.Lineage.Sha256, drained.Artifacts.Lineage.Sha256);
        Assert.Equal(fixture.Baseline.Measurement.TestAccuracy, drained.Measurement.TestAccuracy);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    public void A_candidate_drained_again_and_again_gives_the_same_bits(int steps, ulong seed)
    {
        (string, ParameterValue)[] values = [(ParameterNames.Ratio, 0.5), (ParameterNames.Criterion, "taylor"), (ParameterNames.Steps, steps)];
        int epoch = 1000 + (100 * ((10 * steps) + (int)seed));
        var whole = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, fixture.Candidate(epoch - 1, values)));
        var drained = Assert.IsType<TrialOutcome.Completed>(Interrupted(fixture.Candidate(epoch, values), seed));
        Assert.Equal(whole.Artifacts.Model.Sha256, drained.Artifacts.Model.Sha256);
        Assert.Equal(whole.Artifacts.Plan!.Sha256, drained.Artifacts.Plan!.Sha256);
        Assert.Equal(whole.Artifacts.Lineage.Sha256, drained.Artifacts.Lineage.Sha256);
        Assert.Equal(whole.Measurement.Accuracy, drained.Measurement.Accuracy);
    }

    [Fact]
    public void So_does_one_with_every_kind_of_recovery()
    {
        var whole = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, fixture.Candidate(8000, Everything)));
        var drained = Assert.IsType<TrialOutcome.Completed>(Interrupted(fixture.Candidate(8001, Everything), 5));
        Assert.Equal(whole.Artifacts.Plan!.Sha256, drained.Artifacts.Plan!.Sha256);
        Assert.Equal(whole.Artifacts.Model.Sha256, drained.Artifacts.Model.Sha256);
    }

    [Fact]
    public void So_does_one_that_leaves_branches_out()
    {
        BranchProfile[] branches = [new("stage2.block1.add", 0.1, ["stage2.block1.conv1", "stage2.block1.conv1.bn", "stage2.block1.conv2", "stage2.block1.conv2.bn"])];
        TrialAssignment Assignment(int epoch) => fixture.Candidate(epoch, [.. Everything, (ParameterNames.DepthRatio, 1)]) with { Profile = fixture.Baseline.Profile with { Branches = branches } };
        var whole = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, Assignment(8002)));
        var drained = Assert.IsType<TrialOutcome.Completed>(Interrupted(Assignment(8003), 6));
        Assert.Equal(whole.Artifacts.Plan!.Sha256, drained.Artifacts.Plan!.Sha256);
        Assert.Equal(whole.Artifacts.Model.Sha256, drained.Artifacts.Model.Sha256);
        Assert.True(whole.Measurement.Macs < new CostModel(fixture.Baseline.Profile).Costs(Assignment(1).Candidate!.With(ParameterNames.DepthRatio, 0)).Macs);
    }

    [Fact]
    public void No_rung_is_asked_twice_over_a_drain()
    {
        var rungs = new List<int>();
        var assignment = fixture.Candidate(5000, (ParameterNames.Ratio, 0.5));
        Assert.IsType<TrialOutcome.Completed>(Interrupted(assignment, 4, context => rungs.AddRange(context.Rungs.Select(rung => rung.Rung))));
        Assert.Equal([0, 1, 2], rungs);
    }

    [Fact]
    public void Of_its_checkpoints_an_attempt_leaves_the_last_two()
    {
        using var context = new RecordingContext { DrainAt = 1 };
        Assert.Null(fixture.Run(fixture.Store, fixture.Candidate(6000, (ParameterNames.Ratio, 0.5)), context));
        var checkpoint = Assert.Single(context.Checkpoints);
        Assert.Equal((1, 1 / 6.0), (checkpoint.Step, checkpoint.Epochs));
        Assert.Equal("sweeps/tiny/trials/1/e6000/e6000-s1.checkpoint", checkpoint.Artifact.Name.Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_damaged_checkpoint_gives_way_to_the_one_before_and_none_to_the_beginning(int damaged)
    {
        (string, ParameterValue)[] values = [(ParameterNames.Ratio, 0.5), (ParameterNames.Steps, 2)];
        int epoch = 7000 + (100 * damaged);
        var trial = new TrialId(70 + damaged);
        var whole = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, fixture.Candidate(epoch - 1, values) with { Trial = trial }));
        var checkpoints = new List<Checkpoint>();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            using var context = new RecordingContext { DrainAt = 3 };
            Assert.Null(fixture.Run(fixture.Store, fixture.Candidate(epoch + attempt, values) with { Trial = trial, Checkpoint = checkpoints.LastOrDefault() }, context));
            checkpoints.Add(context.Checkpoints[^1]);
        }

        foreach (var checkpoint in checkpoints.TakeLast(damaged)) fixture.Store.Corrupt(checkpoint.Artifact.Name, "damaged"u8.ToArray());
        using var last = new RecordingContext();
        var ended = Assert.IsType<TrialOutcome.Completed>(
            fixture.Run(fixture.Store, fixture.Candidate(epoch + 2, values) with { Trial = trial, Checkpoint = checkpoints[^1] }, last));
        Assert.Equal(whole.Artifacts.Model.Sha256, ended.Artifacts.Model.Sha256);
        Assert.Equal(damaged == 1 ? [checkpoints[0]] : [], last.Checkpoints);
    }

    /// <summary>Drains each attempt after a few steps, at random, and goes on in a new runner until the trial ends.</summary>
    private TrialOutcome Interrupted(TrialAssignment assignment, ulong seed, Action<RecordingContext>? ended = null)
    {
        var random = new SeededRandom(seed, "tests/drains");
        int drains = 0;
        while (true)
        {
            using var context = new RecordingContext { DrainAt = random.Next(1, 6) };
            var outcome = fixture.Run(fixture.Store, assignment, context);
            ended?.Invoke(context);
            if (outcome is not null)
            {
                Assert.True(drains > 0);
                return outcome;
            }

            drains++;
            assignment = assignment with { Epoch = assignment.Epoch + 1, Checkpoint = context.Checkpoints[^1] };
        }
    }
}
