using System.Text.Json.Nodes;
using Distributed.Compression.Grouping;
using Distributed.Compression.Importance;
using Distributed.Compression.Insight;
using Distributed.Compression.Pruning;
using Distributed.Compression.Tests.Trials;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Insight;

[Collection(nameof(TrialCollection))]
public sealed class ModelReporterTests(TrialFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_report_tells_what_became_of_the_network()
    {
        var assignment = fixture.Candidate(30, (ParameterNames.Ratio, 0.5));
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment));
        string dense = Write("dense.onnx", fixture.Baseline.Artifacts.Model);
        string model = Write("model.onnx", completed.Artifacts.Model);
        Write("plan.json", completed.Artifacts.Plan!);
        Write("lineage.json", completed.Artifacts.Lineage);

        var report = ModelReporter.Report(model, dense, Path.Combine(_folder, "cache"), null, _ => { }, TrainingDevice.Cpu, TestContext.Current.CancellationToken);

        Assert.Equal(completed.Measurement.Accuracy, report.Pruned.Accuracy, 0.03);
        Assert.Equal((completed.Measurement.Macs, completed.Measurement.Parameters, completed.Measurement.Bytes), (report.Pruned.Macs, report.Pruned.Parameters, report.Pruned.Bytes));
        Assert.Equal(File.ReadAllText(Path.Combine(_folder, "lineage.json")).Trim(), report.Lineage!.Value.GetRawText());
        Assert.Equal(fixture.Baseline.Measurement.Macs, report.Dense.Macs);
        Assert.Equal(report.Dense.Macs, report.Layers.Sum(layer => layer.DenseMacs));
        Assert.Equal(report.Pruned.Macs, report.Layers.Sum(layer => layer.Macs));
        Assert.Contains(report.Layers, layer => layer.Width < layer.DenseWidth);
        Assert.All(report.Layers, layer => Assert.InRange(layer.Cka!.Value, 0, 1));
        Assert.True(report.Layers.Count(layer => layer.Microseconds > 0) > report.Layers.Count / 2);
        Assert.Equal(WidthAllocation.For(fixture.Baseline.Profile, assignment.Candidate!), report.Families.Select(family => family.Kept));
        Assert.Equal(50, report.Agreement.Images);
        Assert.Equal(50, report.Confusion.Pruned.Sum(row => row.Sum()));
        Assert.Equal(report.Agreement.Images - report.Agreement.Same, report.Agreement.Flipped.Count);
        CheckSensitivity(report.Sensitivity, dense);
    }

    [Fact]
    public void A_report_tells_which_branches_were_left_out_and_their_layers_have_no_width()
    {
        BranchProfile branch = new("stage2.block1.add", 0, ["stage2.block1.conv1", "stage2.block1.conv1.bn", "stage2.block1.conv1.relu", "stage2.block1.conv2", "stage2.block1.conv2.bn", "stage2.block1.add"]);
        var assignment = fixture.Candidate(32, (ParameterNames.Ratio, 0.5), (ParameterNames.DepthRatio, 1)) with { Profile = fixture.Baseline.Profile with { Branches = [branch] } };
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, assignment));
        string dense = Write("dense.onnx", fixture.Baseline.Artifacts.Model);
        string model = Write("model.onnx", completed.Artifacts.Model);
        Write("plan.json", completed.Artifacts.Plan!);
        Write("lineage.json", completed.Artifacts.Lineage);

        var report = ModelReporter.Report(model, dense, Path.Combine(_folder, "cache"), null, _ => { }, TrainingDevice.Cpu, TestContext.Current.CancellationToken);

        Assert.Equal(["stage2.block1.add"], report.LeftOut);
        Assert.Equal(["stage2.block1.conv1", "stage2.block1.conv2"], report.Layers.Where(layer => layer.Width == 0).Select(layer => layer.Name));
        Assert.All(report.Layers.Where(layer => layer.Width == 0), layer => Assert.Equal((0, null, null), (layer.Macs, layer.Microseconds, layer.Cka)));
        Assert.Equal((report.Dense.Macs, completed.Measurement.Macs), (report.Layers.Sum(layer => layer.DenseMacs), report.Layers.Sum(layer => layer.Macs)));
        Assert.Equal(fixture.Baseline.Profile.Families.Count, report.Families.Count);
        Assert.Equal(("stage2.block1.conv1", 0), report.Families.Where(family => family.Kept == 0).Select(family => (family.Name, family.Kept)).Single());
    }

    [Fact]
    public void A_dataset_that_was_pushed_is_fetched_from_the_sweeps_store()
    {
        StoredFile pushed = new(new string('b', 64), "images.folder.tar");
        var completed = Assert.IsType<TrialOutcome.Completed>(fixture.Run(fixture.Store, fixture.Candidate(31, (ParameterNames.Ratio, 0.5))));
        string dense = Write("dense.onnx", fixture.Baseline.Artifacts.Model);
        string model = Write("model.onnx", completed.Artifacts.Model);
        Write("plan.json", completed.Artifacts.Plan!);
        string lineage = Write("lineage.json", completed.Artifacts.Lineage);
        var json = JsonNode.Parse(File.ReadAllText(lineage))!;
        json["spec"]!["dataset"]!["path"] = $"{pushed}";
        File.WriteAllText(lineage, json.ToJsonString());
        List<StoredFile> asked = [];

        var error = Assert.Throws<InvalidInputException>(() => ModelReporter.Report(model, dense, _folder, null, _ => { }, TrainingDevice.Cpu, TestContext.Current.CancellationToken));
        var report = ModelReporter.Report(model, dense, _folder, Locate, _ => { }, TrainingDevice.Cpu, TestContext.Current.CancellationToken);

        Assert.Contains("--store", error.Message, StringComparison.Ordinal);
        Assert.Equal([pushed], asked);
        Assert.Equal(50, report.Agreement.Images);

        string Locate(StoredFile file, CancellationToken cancellation)
        {
            asked.Add(file);
            return _folder;
        }
    }

    [Fact]
    public void A_model_that_no_sweep_wrote_is_refused_with_what_is_missing()
    {
        string model = Write("model.onnx", fixture.Baseline.Artifacts.Model);

        var error = Assert.Throws<InvalidInputException>(() => ModelReporter.Report(model, model, _folder, null, _ => { }, TrainingDevice.Cpu, TestContext.Current.CancellationToken));

        Assert.EndsWith("lineage.json", error.Place, StringComparison.Ordinal);
    }

    /// <summary>One cell again, by hand.</summary>
    private void CheckSensitivity(ReportSensitivity sensitivity, string dense)
    {
        var network = ModelSource.Import(dense);
        var grouping = ChannelGroups.Of(network);
        var criterion = Criteria.Named(sensitivity.Criterion);
        double[][] scores = Criteria.Score(criterion, grouping, new() { Network = network });
        int[] widths = [.. grouping.Families.Select((family, i) => i == 1 ? family.Width / 2 : family.Width)];
        using TorchNetwork net = new(Slicer.Apply(network, grouping, PlanBuilder.Build(grouping, scores, widths)), TrainingDevice.Cpu);
        var data = fixture.Data(TrialFixture.Spec);
        Assert.Equal(Evaluation.Accuracy(net, data.Splits.Validation, data.Normalization).Top1, sensitivity.Rows[1].Accuracies[1]);
        Assert.Equal(grouping.Families.Select(family => family.Name), sensitivity.Rows.Select(row => row.Family));
    }

    private string Write(string name, ArtifactRef artifact)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, fixture.Read(artifact));
        return path;
    }
}
