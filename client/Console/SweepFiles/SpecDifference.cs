using System.Text.Json;
using System.Text.Json.Nodes;

namespace Distributed.Client.SweepFiles;

/// <summary>Tells how two specs differ.</summary>
internal static class SpecDifference
{
    private const int Most = 3;

    /// <summary>"budget.trials is 12, there 24; seed is 2, there 1": at most three, then how many more.</summary>
    /// <param name="stored">The one that is there.</param>
    /// <param name="given">The one that is given now.</param>
    public static string Describe(SweepSpec stored, SweepSpec given)
    {
        var there = Leaves(stored);
        var here = Leaves(given);
        var different = there.Keys.Union(here.Keys).Where(path => there.GetValueOrDefault(path) != here.GetValueOrDefault(path)).Order(StringComparer.Ordinal).ToList();
        var told = different.Take(Most).Select(path => $"{path} is {here.GetValueOrDefault(path) ?? "absent"}, there {there.GetValueOrDefault(path) ?? "absent"}");
        string more = different.Count > Most ? $"; and {different.Count - Most} more" : "";
        return string.Join("; ", told) + more;
    }

    private static Dictionary<string, string> Leaves(SweepSpec spec)
    {
        Dictionary<string, string> leaves = new(StringComparer.Ordinal);
        Collect(JsonNode.Parse(SweepJson.Write(spec))!, "", leaves);
        return leaves;
    }

    private static void Collect(JsonNode node, string path, Dictionary<string, string> leaves)
    {
        if (node is JsonObject map)
        {
            foreach (var (key, value) in map.Where(pair => pair.Value is not null))
                Collect(value!, path.Length == 0 ? Kebab(key) : $"{path}.{Kebab(key)}", leaves);
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++) Collect(list[i]!, $"{path}[{i}]", leaves);
        }
        else
        {
            leaves[path] = node.ToJsonString(SweepJson.Options).Trim('"');
        }
    }

    private static string Kebab(string key) => key == "deviation" ? "std" : JsonNamingPolicy.KebabCaseLower.ConvertName(key);
}
