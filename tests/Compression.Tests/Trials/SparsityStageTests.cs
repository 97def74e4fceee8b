using System.Text.Json.Nodes;
using Distributed.Compression.Graph;
using Distributed.Compression.Sparsity;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

[Collection(nameof(TrialCollection))]
public sealed class SparsityStageTests(TrialFixture fixture)
{
    [Fact]
    public void An_unstructured_candidate_has_exactly_its_zeros_through_every_step_a_smaller_compressed_file_and_says_so()
    {
        var completed = Complete(fixture.Candidate(
            20_000, (ParameterNames.Ratio, 0.5), (ParameterNames.Steps, 2), (ParameterNames.Sparsity, "unstructured"), (ParameterNames.SparsityRatio, 0.6), (ParameterNames.Criterion, "wanda")));
        var network = Network(completed);
        foreach (var layer in SparseLayer.Of(network))
        {
            var (weights, zeros, _) = SparseWeights.Count(network, layer);
            Assert.Equal(UnstructuredMask.Zeros(weights, 0.6), zeros);
        }

        var dense = Complete(fixture.Candidate(20_001, (ParameterNames.Ratio, 0.5), (ParameterNames.Steps, 2), (ParameterNames.Criterion, "wanda")));
        Assert.Null(dense.Measurement.Sparsity);
        Assert.Equal(dense.Measurement.Bytes, completed.Measurement.Bytes);
        Assert.Equal(dense.Measurement.Macs, completed.Measurement.Macs);
        Assert.InRange(completed.Measurement.CompressedBytes!.Value, 1, dense.Measurement.CompressedBytes!.Value - 1);
        Assert.Equal(completed.Measurement.CompressedBytes, CompressedSize.Of(fixture.Read(completed.Artifacts.Model)));
        Assert.Equal("unstructured", completed.Measurement.Sparsity!.Pattern);
        Assert.False(completed.Measurement.Sparsity.IsFasterInOnnxRuntime);
        Exported.Check(fixture, completed.Artifacts, completed.Measurement);
    }

    [Fact]
    public void The_plan_tells_what_went_in_each_layer()
    {
        var completed = Complete(fixture.Candidate(20_010, (ParameterNames.Ratio, 0), (ParameterNames.Epochs, 0.5), (ParameterNames.Sparsity, "2:4")));
        var network = Network(completed);
        var sparsity = JsonNode.Parse(fixture.Read(completed.Artifacts.Plan!))!["sparsity"]!;
        Assert.Equal(("2:4", "l1"), (sparsity["pattern"]!.GetValue<string>(), sparsity["criterion"]!.GetValue<string>()));
        var layers = sparsity["layers"]!.AsArray();
        Assert.Equal(
            SparseLayer.Of(network).Select(layer => (layer.Layer, SparseWeights.Count(network, layer))),
            layers.Select(layer => (layer!["name"]!.GetValue<string>(), (layer["weights"]!.GetValue<int>(), layer["zeros"]!.GetValue<int>(), layer["mask"]!.GetValue<string>()))));
        Assert.Equal(layers.Sum(layer => layer!["zeros"]!.GetValue<long>()), completed.Measurement.Sparsity!.Zeros);
        Assert.Equal(0, layers[0]!["zeros"]!.GetValue<int>());
        Assert.All(layers.Skip(1), layer => Assert.Equal(layer!["weights"]!.GetValue<int>(), 2 * layer["zeros"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("unstructured", 2)]
    [InlineData("2:4", 1)]
    public void A_mask_survives_drains_bit_for_bit(string pattern, int steps)
    {
        (string, ParameterValue)[] values = [(ParameterNames.Ratio, 0.3), (ParameterNames.Steps, steps), (ParameterNames.Sparsity, pattern), (ParameterNames.Criterion, "taylor")];
        int epoch = 20_100 + (10 * steps);
        var whole = Complete(fixture.Candidate(epoch, values));
        var assignment = fixture.Candidate(epoch + 1, values);
        TrialOutcome? outcome = null;
        for (int attempt = 1; outcome is null; attempt++)
        {
            using var context = new RecordingContext { DrainAt = 2 };
            outcome = fixture.Run(fixture.Store, assignment, context);
            if (outcome is null) assignment = assignment with { Epoch = assignment.Epoch + 1, Checkpoint = context.Checkpoints[^1] };
        }

        var drained = Assert.IsType<TrialOutcome.Completed>(outcome);
        Assert.True(assignment.Epoch > epoch + 1);
        Assert.Equal(whole.Artifacts.Model.Sha256, drained.Artifacts.Model.Sha256);
        Assert.Equal(whole.Artifacts.Plan!.Sha256, drained.Artifacts.Plan!.Sha256);
    }

    [Fact]
    public void A_ratio_is_shared_out_over_the_steps_and_two_of_four_waits_for_the_last()
    {
        var unstructured = new SparsityRecipe(SparsityRecipe.Unstructured, 0.6);
        Assert.Equal([0.2, 0.4, 0.6], Enumerable.Range(0, 3).Select(step => Math.Round(unstructured.RatioAfter(step, 3), 12)));
        Assert.All(Enumerable.Range(0, 3), step => Assert.True(unstructured.ActsIn(step, 3)));
        Assert.Equal([false, false, true], Enumerable.Range(0, 3).Select(step => new SparsityRecipe(SparsityRecipe.TwoOfFour).ActsIn(step, 3)));
        Assert.False(new SparsityRecipe().ActsIn(0, 1));
    }

    private TrialOutcome.Completed Complete(TrialAssignment assignment) => Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment));

    private Network Network(TrialOutcome.Completed completed)
    {
        using var file = new MemoryStream(fixture.Read(completed.Artifacts.Model));
        return OnnxReader.Read(file, "exported");
    }
}
