using System.Text.Json;
using Distributed.Compression.Data;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Pruning;
using Distributed.Compression.Training;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Compression.Insight;

/// <summary>Tells what became of a network when it was pruned.</summary>
public static class ModelReporter
{
    private const int Compared = 192;

    /// <summary>The report of a model that a sweep wrote.</summary>
    /// <param name="modelFile">model.onnx; lineage.json and plan.json lie beside it.</param>
    /// <param name="denseFile">The dense model of the same sweep.</param>
    /// <param name="cache">A folder for decoded images.</param>
    /// <param name="locate">Gives the path of a dataset that lies in a store; null where no store is known.</param>
    /// <param name="tell">Is told what is being done.</param>
    /// <param name="device">Where networks run, but for what a user would run in ONNX Runtime.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    /// <exception cref="InvalidInputException">A file is missing or is none of a sweep's, or the dataset is not where the sweep found it.</exception>
    public static ModelReport Report(string modelFile, string denseFile, string cache, Func<StoredFile, CancellationToken, string>? locate, Action<string> tell, TrainingDevice device, CancellationToken cancellation)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelFile))!;
        var written = Read<JsonElement>(Path.Combine(folder, "lineage.json"));
        var lineage = Read<Lineage>(Path.Combine(folder, "lineage.json"));
        string planFile = Path.Combine(folder, "plan.json");
        var plan = File.Exists(planFile) ? Read<PlanFile>(planFile) : null;
        (byte[] modelBytes, byte[] denseBytes) = (Bytes(modelFile), Bytes(denseFile));
        (var model, var dense) = (Network(modelBytes, modelFile), Network(denseBytes, denseFile));
        var started = BranchRemoval.Without(dense, plan?.LeftOut ?? []);
        tell("images");
        var splits = DatasetSplits.Load(Located(lineage.Spec.Dataset, locate, cancellation), lineage.Spec.Seed, cache, cancellation);
        var data = TrialData.Of(splits, new(lineage.Input.Mean, lineage.Input.Deviation), device);
        var validation = splits.Validation;
        tell("answers");
        var denseAnswers = Answers.Of(denseBytes, validation, data.Normalization);
        var answers = Answers.Of(modelBytes, validation, data.Normalization);
        tell("layers");
        var spec = lineage.Spec.Latency;
        var denseTimes = LayerTimes.Of(denseBytes, dense, spec, cancellation);
        var times = LayerTimes.Of(modelBytes, model, spec, cancellation);
        var seen = validation.Pick([.. Enumerable.Range(0, Math.Min(Compared, validation.Count))]);
        var views = (LayerViews.Of(dense, seen, data.Normalization, data.Device), LayerViews.Of(model, seen, data.Normalization, data.Device));
        tell("sensitivity");
        var sensitivity = Sensitivity.Of(
            dense, plan?.Criterion ?? "l1", data, lineage.Spec.Seed, (done, all) => tell(Invariant($"sensitivity {done}/{all}")), cancellation);
        return new()
        {
            Model = modelFile,
            Sweep = lineage.Sweep,
            Trial = lineage.Trial,
            Candidate = lineage.Candidate,
            Lineage = written,
            Dense = Totals(dense, denseBytes, denseAnswers.Accuracy(validation), denseTimes),
            Pruned = Totals(model, modelBytes, answers.Accuracy(validation), times),
            LeftOut = plan?.LeftOut ?? [],
            Layers = Layers(dense, started, model, denseTimes, times, views, seen.Count),
            Families = plan is null
                ? [.. ChannelGroups.Of(dense).Families.Select(family => new ReportFamily(family.Name, family.Width, family.Width))]
                : [.. plan.Families.Select(family => new ReportFamily(family.Name, family.Width, family.Kept.Count)), .. Gone(dense, started, plan)],
            Agreement = Agreement.Of(validation, denseAnswers, answers),
            Confusion = new(validation.Classes, denseAnswers.Confusion(validation), answers.Confusion(validation)),
            Sensitivity = sensitivity,
        };
    }

    private static DatasetSpec Located(DatasetSpec dataset, Func<StoredFile, CancellationToken, string>? locate, CancellationToken cancellation) => !StoredFile.Is(dataset.Path)
        ? dataset
        : locate is not null ? dataset with { Path = locate(StoredFile.Parse(dataset.Path!), cancellation) }
        : throw new InvalidInputException("dataset.path", $"'{dataset.Path}' lies in a store, and none is given", "Name the sweep's store with --store.");

    private static IReadOnlyList<ReportLayer> Layers(
        Network dense,
        Network started,
        Network model,
        LayerTimes denseTimes,
        LayerTimes times,
        (IReadOnlyDictionary<string, double[]> Dense, IReadOnlyDictionary<string, double[]> Pruned) views,
        int images)
    {
        var (before, after) = (ShapeInference.Infer(dense, 1), ShapeInference.Infer(model, 1));
        var (denseCosts, costs) = (Costs(dense), Costs(model));
        var nodes = model.Nodes.ToDictionary(node => node.Name);
        var leftOut = BranchRemoval.Nodes(dense, started).ToHashSet(StringComparer.Ordinal);
        return [.. dense.Nodes.Where(LayerViews.Computes).Where(node => leftOut.Contains(node.Name) || nodes.ContainsKey(node.Name)).Select(node => new ReportLayer
        {
            Name = node.Name,
            Operator = node.Operator,
            DenseWidth = Width(node, before[node.Output]),
            Width = leftOut.Contains(node.Name) ? 0 : Width(node, after[nodes[node.Name].Output]),
            DenseMacs = denseCosts[node.Name].Macs,
            Macs = leftOut.Contains(node.Name) ? 0 : costs[node.Name].Macs,
            DenseMicroseconds = denseTimes.Layers.TryGetValue(node.Name, out double old) ? old : null,
            Microseconds = times.Layers.TryGetValue(node.Name, out double now) ? now : null,
            Cka = views.Dense.TryGetValue(node.Name, out double[]? first) && views.Pruned.TryGetValue(node.Name, out double[]? second)
                ? KernelAlignment.Of(first, second, images)
                : null,
        })];
    }

    /// <summary>The families that went with left-out branches, under the closure that the plan's families belong to.</summary>
    private static IEnumerable<ReportFamily> Gone(Network dense, Network started, PlanFile plan)
    {
        var union = GroupingUnion.Of(dense);
        var left = union.Families.Zip(union.Gather(grouping => grouping.Families), (family, own) => (family, Stays: own.Units.SelectMany(unit => unit.Members).Any(member => started.Initializers.ContainsKey(member.Initializer)))).ToList();
        var kept = plan.Families.Select(family => family.Name).ToHashSet(StringComparer.Ordinal);
        string? closure = left.Where(item => kept.Contains(item.family.Name)).Select(item => item.family.Closure).OfType<string>().FirstOrDefault(union.Default ?? "");
        return left.Where(item => !item.Stays && (item.family.Closure is null || item.family.Closure == closure)).Select(item => new ReportFamily(item.family.Name, item.family.Width, 0));
    }

    private static int Width(Node node, IReadOnlyList<int> shape) => node.Operator == "Conv" ? shape[1] : shape[^1];

    private static Dictionary<string, OperatorCost> Costs(Network network) =>
        OperatorCosts.Of(network, ShapeInference.Infer(network, 1)).ToDictionary(cost => cost.Node);

    private static ReportTotals Totals(Network network, byte[] file, double accuracy, LayerTimes times)
    {
        var costs = OperatorCosts.Of(network, ShapeInference.Infer(network, 1));
        return new(accuracy, costs.Sum(cost => cost.Macs), costs.Sum(cost => cost.Parameters), file.Length, times.Microseconds);
    }

    private static Network Network(byte[] model, string file)
    {
        using MemoryStream stream = new(model, writable: false);
        return OnnxReader.Read(stream, file);
    }

    private static byte[] Bytes(string file) => File.Exists(file)
        ? File.ReadAllBytes(file)
        : throw new InvalidInputException(file, "there is no such file", "Give the model.onnx that 'model pull' or a sweep's front wrote.");

    private static T Read<T>(string file)
    {
        try
        {
            return SweepJson.Read<T>(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new InvalidInputException(file, $"it cannot be read ({e.Message.TrimEnd('.')})", "Pull the model again: 'model pull' writes it beside the model.", e);
        }
    }
}
