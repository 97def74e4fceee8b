using System.Text.Json;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Gallery;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Trials;

/// <summary>Trials that leave residual branches out: in what order, at what predicted cost, and what they write.</summary>
[Collection(nameof(TrialCollection))]
public sealed class LeftOutTests(TrialFixture fixture)
{
    private static SweepSpec Asking(params string[] keep) => TrialFixture.Spec with
    {
        Space = new([.. TrialFixture.Spec.Space.Parameters, new Parameter.Real(ParameterNames.DepthRatio, 0, 0.7)]),
        Model = TrialFixture.Spec.Model with { Keep = keep },
    };

    [Fact]
    public void Branches_go_in_the_order_of_what_their_closed_gates_cost_in_ONNX_Runtime()
    {
        var network = Dense();
        var branches = ResidualBranches.Of(network);
        var data = fixture.Data(TrialFixture.Spec);
        var ranked = BranchRanking.Of(network, branches, _ => true, data.Splits.Train, data.Normalization, TrainingDevice.Cpu, (_, _) => { });
        double whole = Loss(network, data);
        double[] rises = [.. ranked.Select(one => Loss(BranchGates.Closed(network, [branches.Single(branch => branch.Name == one.Name)]), data) - whole)];
        Assert.Equal(branches.Count, ranked.Count);
        Assert.Equal(rises.Order(), rises);
        Assert.All(rises.Zip(ranked), pair => Assert.Equal(pair.First, pair.Second.LossRise, 1e-3));
    }

    [Theory]
    [InlineData(0.34, 1, 1)]
    [InlineData(0.67, 2, 2)]
    public void A_candidate_without_branches_costs_what_was_predicted_and_says_what_it_left_out(double ratio, int count, int steps)
    {
        var assignment = Candidate(8100 + count, (ParameterNames.Ratio, 0.5), (ParameterNames.DepthRatio, ratio), (ParameterNames.Steps, steps));
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment));
        var predicted = new CostModel(assignment.Profile!).Costs(assignment.Candidate!);
        Assert.Equal((predicted.Macs, predicted.Parameters), (completed.Measurement.Macs, completed.Measurement.Parameters));
        Exported.Check(fixture, completed.Artifacts, completed.Measurement);
        var plan = JsonSerializer.Deserialize<PlanFile>(fixture.Read(completed.Artifacts.Plan!), SweepJson.Options)!;
        Assert.Equal(assignment.Profile!.Branches.Take(count).Select(branch => branch.Name), plan.LeftOut);
        Assert.Equal(Depths.Widths(assignment.Profile, assignment.Candidate!).Where(width => width > 0), plan.Families.Select(family => family.Kept.Count));
        var nodes = Read(completed.Artifacts.Model).Nodes.Select(node => node.Name).ToHashSet();
        Assert.DoesNotContain(assignment.Profile.Branches.Take(count).SelectMany(branch => branch.Nodes), nodes.Contains);
    }

    /// <summary>Before the first step nothing has been recovered that could teach.</summary>
    [Fact]
    public void In_the_first_step_the_dense_network_teaches_also_where_the_step_before_is_asked_to()
    {
        (string, ParameterValue)[] values = [(ParameterNames.Ratio, 0.5), (ParameterNames.DepthRatio, 0.34), (ParameterNames.Distillation, 0.9)];
        var dense = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, Candidate(8120, values)));
        var progressive = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, Candidate(8121, [.. values, (ParameterNames.Teacher, "progressive")])));
        Assert.Equal(dense.Artifacts.Model.Sha256, progressive.Artifacts.Model.Sha256);
    }

    [Fact]
    public void Without_fine_tuning_it_answers_as_the_dense_model_without_the_branch()
    {
        var assignment = Candidate(8110, (ParameterNames.Ratio, 0), (ParameterNames.DepthRatio, 0.34), (ParameterNames.Epochs, 0));
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment));
        var dense = BranchRemoval.Without(Dense(), Depths.LeftOut(assignment.Profile!, assignment.Candidate!));
        var found = Read(completed.Artifacts.Model);
        string weights = found.Nodes.First(node => node.Operator == "Conv").Inputs[1];
        Assert.Equal(dense.Floats(weights).Data, found.Floats(weights).Data);
        Assert.Equal(dense.Nodes.Length, found.Nodes.Length);
    }

    [Fact]
    public void The_baseline_ranks_branches_where_the_space_asks_for_fewer_and_only_there()
    {
        var profile = Profile(Asking());
        Assert.Empty(fixture.Baseline.Profile.Branches);
        Assert.Equal(3, profile.Branches.Count);
        Assert.Equal(profile.Branches.OrderBy(branch => branch.LossRise), profile.Branches);
    }

    [Fact]
    public void A_branch_with_a_layer_that_is_kept_does_not_go()
    {
        var profile = Profile(Asking("stage2.block1.conv1"));
        Assert.Equal(2, profile.Branches.Count);
        Assert.DoesNotContain(profile.Branches, branch => branch.Nodes.Contains("stage2.block1.conv1"));
    }

    [Fact]
    public void A_ratio_that_is_always_zero_asks_for_nothing() => Assert.Empty(DenseBranches.MayGo(
        Zoo.Build("lenet", 3, 32, 32, 10, 1),
        TrialFixture.Spec with { Space = new([new Parameter.Fixed(ParameterNames.DepthRatio, 0)]) }));

    [Theory]
    [InlineData("lenet", "", "the model has no residual branch")]
    [InlineData("resnet-8", "stage1.block1.conv1 stage2.block1.conv1 stage3.block1.conv2", "model.keep holds a layer of every residual branch")]
    public void A_depth_ratio_without_a_branch_that_may_go_is_refused(string zoo, string keep, string found)
    {
        var spec = Asking(keep.Split(' ', StringSplitOptions.RemoveEmptyEntries)) is var asking && zoo == "lenet"
            ? asking with { Model = new() { Zoo = zoo } } : asking;
        var error = Assert.Throws<InvalidInputException>(() => DenseBranches.MayGo(Zoo.Build(zoo, 3, 32, 32, 10, 1), spec));
        Assert.Contains("space.depth-ratio", error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vit-packed")]
    [InlineData("bert")]
    [InlineData("resnext")]
    public void Whatever_family_is_kept_no_number_of_branches_takes_it_away(string name)
    {
        var network = Normalizer.Normalize(GalleryNetworks.Build(name));
        foreach (var family in GroupingUnion.Of(network).Families)
        {
            var weights = ChannelGroups.All(network).SelectMany(grouping => grouping.Families).Where(own => own.Name == GroupingUnion.OwnName(family)).SelectMany(own => own.Units).SelectMany(unit => unit.Members).Select(member => member.Initializer).ToHashSet();
            var free = DenseBranches.MayGo(network, Asking(family.Name));
            Assert.All(free, branch => Assert.Contains(BranchRemoval.Without(network, [branch]).Initializers.Keys, weights.Contains));
        }
    }

    private TrialAssignment Candidate(int epoch, params (string, ParameterValue)[] values) => fixture.Candidate(epoch, values) with { Profile = Profile(Asking()) };

    private ModelProfile Profile(SweepSpec spec)
    {
        using RecordingContext context = new();
        var branches = DenseBranches.Of(Dense(), spec, fixture.Data(TrialFixture.Spec), context);
        Assert.Equal(Enumerable.Range(0, branches.Count).Select(i => ((double)i, (double)branches.Count)), context.Progress.Select(progress => (progress.Epoch, progress.Epochs)));
        return fixture.Baseline.Profile with { Branches = branches };
    }

    private Network Dense() => Read(fixture.Baseline.Artifacts.Model);

    private Network Read(ArtifactRef model)
    {
        using MemoryStream stream = new(fixture.Read(model));
        return OnnxReader.Read(stream, "model");
    }

    /// <summary>Mean cross-entropy over the training images, from the logits of ONNX Runtime.</summary>
    private static double Loss(Network network, TrialData data)
    {
        using OnnxEvaluator evaluator = new(OnnxWriter.ToBytes(network), optimized: false);
        double[] each = [.. FileLogits.Of(evaluator, data.Splits.Train, data.Normalization).Select((answer, image) =>
        {
            float[] logits = answer.ToArray();
            return Math.Log(logits.Sum(logit => Math.Exp(logit - logits.Max()))) + logits.Max() - logits[data.Splits.Train.Labels[image]];
        })];
        return each.Average();
    }
}
