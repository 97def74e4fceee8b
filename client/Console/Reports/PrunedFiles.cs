namespace Distributed.Client.Reports;

/// <summary>The files of a model that was pruned outside any sweep: made in a folder of their own, moved when all are whole.</summary>
internal static class PrunedFiles
{
    private const string Plan = "plan.json";
    private const string Lineage = "lineage.json";

    /// <summary>Whether writing a model would overwrite the lineage of the one that it comes from.</summary>
    public static bool WouldReplaceLineage(string model, string target) =>
        Path.GetDirectoryName(model) == Path.GetDirectoryName(target) && File.Exists(Path.Combine(Path.GetDirectoryName(model)!, Lineage));

    /// <summary>Makes a model beside its target, so that moving it there is one step, and leaves nothing else behind.</summary>
    /// <param name="target">The model's path; what is there is replaced.</param>
    /// <param name="make">Makes it in an empty folder.</param>
    /// <returns>The same, with the paths as they are now.</returns>
    public static async Task<PrunedModel> Make(string target, Func<string, Task<PrunedModel>> make)
    {
        string beside = Path.GetDirectoryName(target)!;
        string folder = Path.Combine(beside, $".prune-{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        try
        {
            var made = await make(folder);
            return made with
            {
                Plan = Move(made.Plan, Path.Combine(beside, Plan)),
                Lineage = Move(made.Lineage, Path.Combine(beside, Lineage)),
                Model = Move(made.Model, target),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        return to;
    }
}
