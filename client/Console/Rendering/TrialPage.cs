using Distributed.Client.SweepFiles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`trial show`.</summary>
internal static class TrialPage
{
    /// <param name="trial">What to show.</param>
    /// <param name="profile">Tells widths; may be null.</param>
    public static IRenderable Of(TrialState trial, ModelProfile? profile)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        Fact("trial", trial.Id.IsDense ? "0 (the dense model)" : $"{trial.Id}, suggested by: {trial.Reason}");
        Fact("status", trial.Ending is { } ending ? $"{Vocabulary.NameOf(trial.Status)}: {ending}" : Vocabulary.NameOf(trial.Status));
        foreach (var (name, value) in trial.Candidate?.Values.Select(pair => (pair.Key, pair.Value.ToString())) ?? [])
            Fact(name, value ?? "");
        if (profile is not null && trial.Candidate is { } candidate) Fact("widths", Widths(profile, candidate));
        if (profile is not null && trial.Candidate is { } shallow && Depths.LeftOut(profile, shallow) is { Count: > 0 } leftOut)
            Fact("left out", Invariant($"{leftOut.Count} of {profile.Branches.Count} residual branches: {string.Join(", ", leftOut)}"));
        foreach (var rung in trial.Rungs)
            Fact($"rung {rung.Rung}", Invariant($"{Quantity.Percent(rung.Accuracy)} after {rung.Epochs:0.##} epochs"));
        if (trial.Checkpoint is { } checkpoint) Fact("checkpoint", Invariant($"step {checkpoint.Step}, {checkpoint.Epochs:0.##} epochs, {Quantity.Size(checkpoint.Artifact.Bytes)}"));
        if (trial.Imported is { } imported)
            Fact("imported", $"{Quantity.Percent(imported.Validation)} (validation), {Quantity.Percent(imported.Test)} (test), before any training of ours");
        if (trial.StillFalling) Fact("baseline", "its training loss was still falling at the end: give 'baseline' more epochs for a better reference");
        if (trial.Measurement is { } values) foreach (var (name, value) in Values(values)) Fact(name, value);
        if (trial.Artifacts is { } files) foreach (var (name, file) in Files(files)) Fact(name, $"{file.Name} ({Quantity.Size(file.Bytes)}, sha256 {file.Sha256[..Math.Min(12, file.Sha256.Length)]}…)");
        return new Rows(grid, Attempts(trial));

        void Fact(string name, string value) => grid.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value));
    }

    private static string Widths(ModelProfile profile, Candidate candidate) => string.Join(", ", profile.Families
        .Zip(Depths.Widths(profile, candidate), (family, width) => $"{family.Name} {width}/{family.Width}"));

    private static IEnumerable<(string Name, string Value)> Values(Sweeps.Measurement values)
    {
        var latency = values.Latency;
        yield return ("accuracy", Invariant($"{Quantity.Percent(values.Accuracy)} ± {Math.Sqrt(values.AccuracyVariance) * 100:0.00} (validation)"));
        yield return ("test", Quantity.Percent(values.TestAccuracy));
        yield return ("corrupted", Quantity.Percent(values.CorruptedAccuracy));
        yield return ("latency", $"{Quantity.Milliseconds(latency.MedianMs)} (p95 {Quantity.Milliseconds(latency.P95Ms)})");
        yield return ("ratio", Invariant($"{Quantity.Ratio(latency.Ratio)} ± {latency.RatioDeviation:0.000} of the dense model's{(latency.Settled ? "" : "; never settled")}, load {latency.Load:0.0}"));
        if (values.OverFloat32 is { } over) yield return ("float32", values.Warning ?? Invariant($"int8 takes {Quantity.Ratio(over)} of its float32 parent's time"));
        yield return ("MACs", Quantity.Count(values.Macs));
        yield return ("parameters", Quantity.Count(values.Parameters));
        yield return ("size", values.CompressedBytes is { } compressed ? $"{Quantity.Size(values.Bytes)}, {Quantity.Size(compressed)} compressed (Brotli)" : Quantity.Size(values.Bytes));
        if (values.Sparsity is { } sparsity)
            yield return ("sparsity", $"{sparsity.Pattern}: {Quantity.Zeros(sparsity)} of {Quantity.Count(sparsity.Weights)} weights are zero. The compressed file is smaller; ONNX Runtime is no faster by it");
    }

    private static IEnumerable<(string Name, ArtifactRef File)> Files(TrialArtifacts files)
    {
        yield return ("model", files.Model);
        if (files.Plan is { } plan) yield return ("plan", plan);
        yield return ("lineage", files.Lineage);
    }

    private static Table Attempts(TrialState trial)
    {
        var table = new Table().RoundedBorder().AddColumns("attempt", "slot", "started (UTC)", "took", "ended");
        foreach (var attempt in trial.Attempts)
            table.AddRow(
                new Text($"{attempt.Epoch}"),
                new Text(attempt.Slot),
                new Text(Invariant($"{attempt.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss}")),
                new Text(attempt.Ended is { } ended ? Quantity.Clock(ended - attempt.Started) : ""),
                new Text(attempt.Ending ?? "running"));
        return table;
    }
}
