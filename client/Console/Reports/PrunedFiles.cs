namespace Distributed.Client.Reports;

/// <summary>The files of a model that was pruned outside any sweep: made in a folder of their own, moved when all are whole.</summary>
internal static class PrunedFiles
{
    private const string Plan = "plan.json";
    private const string Lineage = "lineage.json";

    /// <summary>Refuses a target that is the model itself, and a folder where plan.json and lineage.json tell of another model.</summary>
    /// <param name="model">The model that is pruned.</param>
    /// <param name="target">Where the result is to be written.</param>
    /// <param name="given">The target as the user wrote it.</param>
    /// <exception cref="InvalidInputException">Something of a model that is still there would be lost.</exception>
    public static void Check(string model, string target, string given)
    {
        if (model == target) throw new InvalidInputException(given, "it is the model that is pruned", "Write to another file.");
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder) || !new[] { Plan, Lineage }.Any(name => File.Exists(Path.Combine(folder, name)))) return;
        string? other = Path.GetDirectoryName(model) == folder
            ? model
            : Directory.EnumerateFiles(folder, "*.onnx").Where(file => file != target).Order(StringComparer.Ordinal).FirstOrDefault();
        if (other is not null)
            throw new InvalidInputException(given, $"plan.json and lineage.json in the same folder tell of {Path.GetFileName(other)} and would be replaced", "Write into a folder of its own.");
    }

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
