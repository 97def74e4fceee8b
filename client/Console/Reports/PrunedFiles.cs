namespace Distributed.Client.Reports;

/// <summary>The files of a model that was pruned outside any sweep: made in a folder of their own, moved when all are whole.</summary>
/// <remarks>Plan and lineage carry the model's name, so that those of several models in one folder are told apart.</remarks>
internal static class PrunedFiles
{
    /// <summary>Refuses a target that is a folder or the model itself.</summary>
    /// <param name="model">The model that is pruned.</param>
    /// <param name="target">Where the result is to be written.</param>
    /// <param name="given">The target as the user wrote it.</param>
    /// <exception cref="InvalidInputException">It is one.</exception>
    public static void Check(string model, string target, string given)
    {
        if (Directory.Exists(target)) throw new InvalidInputException(given, "it is a folder", "Give the path of a file that may be written: OUT.onnx.");
        if (model == target) throw new InvalidInputException(given, "it is the model that is pruned", "Write to another file.");
    }

    /// <summary>Makes a model beside its target, so that moving it there is one step, and leaves nothing else behind.</summary>
    /// <param name="target">The model's path; what is there is replaced.</param>
    /// <param name="make">Makes it in an empty folder.</param>
    /// <returns>The same, with the paths as they are now.</returns>
    /// <exception cref="InvalidInputException">No file can be made there.</exception>
    public static async Task<PrunedModel> Make(string target, Func<string, Task<PrunedModel>> make)
    {
        string folder = Path.Combine(Path.GetDirectoryName(target)!, $".prune-{Guid.NewGuid():N}");
        Create(folder);
        try
        {
            var made = await make(folder);
            return made with
            {
                Plan = Move(made.Plan, LineageFile.Named(target, "plan.json")),
                Lineage = Move(made.Lineage, LineageFile.Of(target)),
                Model = Move(made.Model, target),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(Path.GetDirectoryName(folder)!, $"no file can be written there ({(error is UnauthorizedAccessException ? "access is denied" : error.Message.TrimEnd('.'))})", "Write somewhere else with -o.", error);
        }
    }

    private static string Move(string from, string to)
    {
        File.Move(from, to, overwrite: true);
        return to;
    }
}
