using System.Text.Json;
using Distributed.Compression.Graph;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

[Collection(nameof(TrialCollection))]
public sealed class CandidateTrialTests(TrialFixture fixture)
{
    [Fact]
    public void A_candidate_costs_what_was_predicted_and_scores_in_ONNX_Runtime_what_it_reports()
    {
        using var context = new RecordingContext();
        var assignment = fixture.Candidate(10, (ParameterNames.Ratio, 0.5), (ParameterNames.Criterion, "taylor"));
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment, context));
        var predicted = new CostModel(fixture.Baseline.Profile).Costs(assignment.Candidate!);
        Assert.Equal((predicted.Macs, predicted.Parameters), (completed.Measurement.Macs, completed.Measurement.Parameters));
        Assert.True(completed.Measurement.Macs < fixture.Baseline.Measurement.Macs);
        Assert.Equal(1.5, completed.Epochs);
        Assert.Equal([0, 1, 2], context.Rungs.Select(rung => rung.Rung));
        Assert.Equal([0, 0.5, 1], context.Rungs.Select(rung => rung.Epochs));
        Assert.Equal(1, context.Measurements);
        Exported.Check(fixture, completed.Artifacts, completed.Measurement);
        CheckPlan(assignment, completed.Artifacts);
    }

    [Fact]
    public void Phases_come_in_their_order()
    {
        using var context = new RecordingContext();
        fixture.Run(fixture.Store, fixture.Candidate(11, (ParameterNames.Ratio, 0.3)), context);
        Assert.Equal(
            [TrialPhase.Loading, TrialPhase.Pruning, TrialPhase.Recalibrating, TrialPhase.FineTuning, TrialPhase.Evaluating, TrialPhase.Measuring, TrialPhase.Exporting],
            context.Phases);
        Assert.All(context.Progress, progress => Assert.True(double.IsFinite(progress.ImagesPerSecond ?? 0)));
    }

    [Fact]
    public void The_same_candidate_gives_the_same_bytes_whatever_ran_before()
    {
        var runner = fixture.Runner(fixture.Store);
        using var context = new RecordingContext();
        var first = Assert.IsType<TrialOutcome.Completed>(runner.Run(fixture.Candidate(12, (ParameterNames.Ratio, 0.6)), context));
        runner.Run(fixture.Candidate(13, (ParameterNames.Ratio, 0.2), (ParameterNames.Criterion, "taylor")), context);
        var again = Assert.IsType<TrialOutcome.Completed>(runner.Run(fixture.Candidate(14, (ParameterNames.Ratio, 0.6)), context));
        Assert.Equal(first.Artifacts.Model.Sha256, again.Artifacts.Model.Sha256);
        Assert.Equal(first.Artifacts.Plan!.Sha256, again.Artifacts.Plan!.Sha256);
        Assert.Equal(first.Artifacts.Lineage.Sha256, again.Artifacts.Lineage.Sha256);
    }

    [Fact]
    public void A_candidate_that_removes_nothing_has_the_dense_widths()
    {
        var completed = Complete(fixture.Candidate(15, (ParameterNames.Ratio, 0), (ParameterNames.Steps, 2)));
        Assert.Equal(fixture.Baseline.Measurement.Parameters, completed.Measurement.Parameters);
        Assert.Equal(fixture.Baseline.Measurement.Macs, completed.Measurement.Macs);
    }

    [Fact]
    public void Zero_epochs_leave_the_kept_weights_as_they_are()
    {
        using var context = new RecordingContext();
        var assignment = fixture.Candidate(16, (ParameterNames.Ratio, 0.5), (ParameterNames.Epochs, 0), (ParameterNames.Steps, 2));
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment, context));
        Assert.Equal([0], context.Rungs.Select(rung => rung.Rung));
        Assert.Equal(0, completed.Epochs);
        Assert.Equal(Weights(fixture.Baseline.Artifacts.Model, Kept(completed.Artifacts)), Weights(completed.Artifacts.Model, null));
    }

    [Fact]
    public void In_several_steps_it_ends_at_the_same_widths_as_in_one()
    {
        var once = Complete(fixture.Candidate(17, (ParameterNames.Ratio, 0.6), (ParameterNames.Ranking, "global")));
        var thrice = Complete(fixture.Candidate(18, (ParameterNames.Ratio, 0.6), (ParameterNames.Ranking, "global"), (ParameterNames.Steps, 3)));
        Assert.Equal(once.Measurement.Parameters, thrice.Measurement.Parameters);
        Assert.NotEqual(once.Artifacts.Model.Sha256, thrice.Artifacts.Model.Sha256);
    }

    public static TheoryData<string, ParameterValue, string?> Recoveries { get; } = new()
    {
        { ParameterNames.Distillation, 0.5, null },
        { ParameterNames.Temperature, 2, ParameterNames.Distillation },
        { ParameterNames.Teacher, "progressive", ParameterNames.Distillation },
        { ParameterNames.CutMix, 0.9, null },
        { ParameterNames.Restarts, 1, null },
        { ParameterNames.DecaySchedule, "low-while-pruning", null },
        { ParameterNames.GroupSparsity, 0.01, null },
        { ParameterNames.Reconstruction, "least-squares", null },
    };

    [Theory]
    [MemberData(nameof(Recoveries))]
    public void Every_parameter_of_recovery_makes_another_model(string name, ParameterValue value, string? with)
    {
        (string, ParameterValue)[] plain = [(ParameterNames.Ratio, 0.5), (ParameterNames.Steps, 2), .. with is null ? Array.Empty<(string, ParameterValue)>() : [(with, 0.5)]];
        int epoch = 200 + (2 * Recoveries.Select(row => row.Data.Item1).ToList().IndexOf(name));
        var without = Complete(fixture.Candidate(epoch, plain));
        var found = Complete(fixture.Candidate(epoch + 1, [.. plain, (name, value)]));
        Assert.NotEqual(without.Artifacts.Model.Sha256, found.Artifacts.Model.Sha256);
        Assert.Equal(without.Measurement.Macs, found.Measurement.Macs);
    }

    private TrialOutcome.Completed Complete(TrialAssignment assignment) =>
        Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment));

    private void CheckPlan(TrialAssignment assignment, TrialArtifacts artifacts)
    {
        var plan = Plan(artifacts);
        Assert.Equal(("taylor", 1), (plan.Criterion, plan.Steps));
        Assert.Equal(WidthAllocation.For(assignment.Profile!, assignment.Candidate!), plan.Families.Select(family => family.Kept.Count));
        Assert.All(plan.Families, family => Assert.Equal(family.Kept.Distinct().Order(), family.Kept));
        var lineage = JsonSerializer.Deserialize<Lineage>(fixture.Read(artifacts.Lineage), SweepJson.Options)!;
        Assert.Equal(SweepJson.Hash(plan), lineage.Plan);
        Assert.Equal((assignment.Candidate, fixture.Baseline.Artifacts.Model.Sha256, 9), (lineage.Candidate, lineage.DenseModel, lineage.TrainingSteps));
    }

    private PlanFile Plan(TrialArtifacts artifacts) => JsonSerializer.Deserialize<PlanFile>(fixture.Read(artifacts.Plan!), SweepJson.Options)!;

    /// <summary>Units of the first family, whose convolution reads the image and so loses rows alone.</summary>
    private IReadOnlyList<int> Kept(TrialArtifacts artifacts) => Plan(artifacts).Families[0].Kept;

    /// <summary>The first convolution's weights, of the given units or of all.</summary>
    private float[] Weights(ArtifactRef model, IReadOnlyList<int>? units)
    {
        using var stream = new MemoryStream(fixture.Read(model));
        var network = OnnxReader.Read(stream, "model");
        var weights = network.Floats(network.Nodes.First(node => node.Operator == "Conv").Inputs[1]);
        int each = weights.Data.Length / weights.Shape[0];
        return units is null ? weights.Data : [.. units.SelectMany(unit => weights.Data.AsSpan(unit * each, each).ToArray())];
    }
}
