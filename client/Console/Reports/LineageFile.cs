using System.Text.Json;

namespace Distributed.Client.Reports;

/// <summary>What lineage.json beside a pulled model tells of how to feed it.</summary>
/// <param name="Spec">The sweep's spec: its dataset, and the seed that cut the splits.</param>
/// <param name="Input">How an image becomes an input.</param>
internal sealed record LineageFile(SweepSpec Spec, LineageFile.Preparation Input)
{
    /// <summary>The lineage beside a model; null where there is none.</summary>
    /// <exception cref="InvalidInputException">It is there and cannot be read.</exception>
    public static LineageFile? Beside(string model)
    {
        string file = Path.Combine(Path.GetDirectoryName(model)!, "lineage.json");
        if (!File.Exists(file)) return null;
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
