using Distributed.Artifacts;

namespace Distributed.Client.Reports;

/// <summary>Writes models out of a store. Each file is whole or absent, and is checked against its hash.</summary>
internal static class ModelFiles
{
    private const string Model = "model.onnx";

    /// <summary>A trial's own folder where several are written.</summary>
    public static string FolderOf(TrialState trial, string folder) => Path.Combine(folder, $"trial-{trial.Id}");

    /// <summary>Writes one trial's model.onnx, plan.json and lineage.json into a folder.</summary>
    /// <returns>The path of model.onnx.</returns>
    public static async Task<string> Write(TrialState trial, IArtifactStore store, string folder, CancellationToken cancellation)
    {
        var files = trial.Artifacts ?? throw new ArgumentException($"Trial {trial.Id} has no files.", nameof(trial));
        if (files.Plan is { } plan) await ArtifactDownload.ToFile(store, plan, Path.Combine(folder, "plan.json"), cancellation);
        await ArtifactDownload.ToFile(store, files.Lineage, Path.Combine(folder, "lineage.json"), cancellation);
        string model = Path.Combine(folder, Model);
        await ArtifactDownload.ToFile(store, files.Model, model, cancellation);
        return model;
    }

    /// <summary>Writes several, each into its own trial-N folder.</summary>
    /// <returns>The path of each model.onnx.</returns>
    public static async Task<IReadOnlyDictionary<TrialId, string>> WriteAll(
        IEnumerable<TrialState> trials, IArtifactStore store, string folder, CancellationToken cancellation)
    {
        Dictionary<TrialId, string> written = [];
        foreach (var trial in trials)
            written[trial.Id] = await Write(trial, store, FolderOf(trial, folder), cancellation);
        return written;
    }
}
