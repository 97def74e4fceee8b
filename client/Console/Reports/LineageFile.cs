using System.Text.Json;

namespace Distributed.Client.Reports;

/// <summary>What the lineage beside a model tells of how to feed it: lineage.json of a pulled one, OUT.lineage.json of OUT.onnx that was pruned without a sweep.</summary>
/// <param name="Spec">The sweep's spec: its dataset, and the seed that cut the splits.</param>
/// <param name="Input">How an image becomes an input.</param>
internal sealed record LineageFile(SweepSpec Spec, LineageFile.Preparation Input)
{
    /// <summary>Where the lineage of a model lies that was pruned without a sweep.</summary>
    public static string Of(string model) => Named(model, "lineage.json");

    /// <summary>A file that belongs to a model alone: OUT.plan.json of OUT.onnx.</summary>
    public static string Named(string model, string name) =>
        $"{(model.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? model[..^".onnx".Length] : model)}.{name}";

    /// <summary>The lineage beside a model, its own before the folder's; null where there is none.</summary>
    /// <exception cref="InvalidInputException">It is there and cannot be read.</exception>
    public static LineageFile? Beside(string model)
    {
        string? file = Array.Find([Of(model), Path.Combine(Path.GetDirectoryName(model)!, "lineage.json")], File.Exists);
        if (file is null) return null;
        try
        {
            return SweepJson.Read<LineageFile>(File.ReadAllText(file));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(file, $"it is no lineage ({e.Message.TrimEnd('.')})", "Pull the model again, or move the file away and give --data, --mean and --std.", e);
        }
    }

    /// <param name="Mean">Per channel, subtracted from pixels in [0, 1].</param>
    /// <param name="Deviation">Per channel, by which they are divided.</param>
    internal sealed record Preparation(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation);
}
