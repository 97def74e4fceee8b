namespace Distributed.Sweeps;

/// <summary>Finds what a mistyped name was meant to be.</summary>
public static class ClosestName
{
    /// <summary>"Did you mean 'x'?" when a name is near, and all names otherwise.</summary>
    public static string Remedy(string given, IReadOnlyCollection<string> names)
    {
        string? nearest = names.OrderBy(name => Distance(given, name)).ThenBy(name => name, StringComparer.Ordinal).FirstOrDefault();
        return nearest is not null && Distance(given, nearest) <= Math.Max(1, nearest.Length / 3)
            ? $"Did you mean '{nearest}'?"
            : $"Use one of: {string.Join(", ", names)}.";
    }

    /// <summary>Insertions, deletions and substitutions from one to the other (Levenshtein 1966), case ignored.</summary>
    public static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
