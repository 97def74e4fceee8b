using System.Text.Json;
using Distributed.Compression.Graph;
using Distributed.Compression.Tests.Trials;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;
using TorchSharp;

namespace Distributed.Compression.Tests.Devices;

/// <summary>From the runner's device to the last tensor of a trial nothing asks for another one.</summary>
[Collection(nameof(TrialCollection))]
public sealed class TrialElsewhereTests(TrialFixture fixture)
{
    /// <summary>
    /// Not with a teacher or mixed batches, whose sums the second device stumbles over; and it forgets running statistics, so that accuracies
    /// mean nothing here.
    /// </summary>
    [Fact]
    public void Trials_run_on_the_runners_device_from_pruning_to_the_lineage()
    {
        var device = SecondDevice.Required;
        using RecordingContext dense = new() { AtBoundary = SecondDevice.Settle }, pruned = new() { AtBoundary = SecondDevice.Settle };
        Assert.Equal("second", Device(Assert.IsType<TrialOutcome.Prepared>(fixture.Run(fixture.Store, TrialFixture.Dense(TrialFixture.Spec, epoch: 161), dense, device)).Artifacts));
        var candidate = fixture.Candidate(
            162, (ParameterNames.Ratio, 0.5), (ParameterNames.Criterion, "taylor"), (ParameterNames.Steps, 2), (ParameterNames.GroupSparsity, 1e-3),
            (ParameterNames.Reconstruction, "least-squares"), (ParameterNames.Sparsity, "2:4"), (ParameterNames.Precision, "int8"));
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, candidate, pruned, device));
        Assert.Equal("second", Device(completed.Artifacts));
        Assert.True(completed.Measurement.Macs < fixture.Baseline.Measurement.Macs);
        Assert.Equal("cpu", Device(fixture.Baseline.Artifacts));
    }

    /// <summary>What the trial above leaves out: a step is planned with all that stages can arrange, and no number of it is read.</summary>
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(2, 0, 1)]
    public void All_that_stages_arrange_lies_on_the_trials_device(int index, int regularizers, int afterSteps)
    {
        var device = SecondDevice.Required;
        using var scope = torch.NewDisposeScope();
        using RecordingContext context = new();
        var data = fixture.Data(TrialFixture.Spec) with { Device = device };
        var dense = Dense();
        var assignment = fixture.Candidate(
            163, (ParameterNames.Ratio, 0.5), (ParameterNames.Steps, 2), (ParameterNames.Distillation, 0.5), (ParameterNames.CutMix, 1.0), (ParameterNames.GroupSparsity, 1e-3),
            (ParameterNames.Sparsity, "2:4"));
        TrialGrouping families = new(assignment.Profile!, assignment.Candidate!);
        Segment segment = new()
        {
            Index = index,
            Recipe = TrialRecipe.Of(assignment.Spec, assignment.Candidate!),
            Data = data,
            Dense = dense,
            Accepted = dense,
            Families = families,
            Kept = families.AllUnits,
            Assignment = assignment,
            Context = context,
        };
        using TrainingParts parts = new(segment.Recipe.Recovery.Training);
        foreach (var stage in TrialStages.All) stage.Arrange(parts, dense, segment);
        Assert.Equal((1, regularizers, afterSteps), (parts.Transforms.Count, parts.Regularizers.Count, parts.AfterSteps.Count));
        using var net = new TorchNetwork(dense, data.Device);
        var (inputs, labels) = new BatchFeeder(data.Splits.Train, data.Normalization, device).Batch([0, 1, 2, 3]);
        var batch = parts.Transforms[0].Apply(new(inputs, labels), new SeededRandom(1, "mix"));
        parts.Loss.Of(net.Forward(batch.Inputs, Pass.Learning), batch).backward();
        using var frozen = torch.no_grad();
        foreach (var regularizer in parts.Regularizers) regularizer.AddGradient(net);
        foreach (var after in parts.AfterSteps) after.Apply(net);
        Assert.All(net.Parameters, parameter => Assert.True(SecondDevice.Holds(parameter.Value) && SecondDevice.Holds(parameter.Value.grad!), parameter.Name));
    }

    private Network Dense()
    {
        using MemoryStream file = new(fixture.Read(fixture.Baseline.Artifacts.Model));
        return OnnxReader.Read(file, "dense");
    }

    private string Device(TrialArtifacts artifacts) => JsonSerializer.Deserialize<Lineage>(fixture.Read(artifacts.Lineage), SweepJson.Options)!.Device;
}
