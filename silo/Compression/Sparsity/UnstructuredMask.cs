namespace Distributed.Compression.Sparsity;

/// <summary>Chooses single weights wherever they stand. The stated ratio is met to the weight, but for the best weight of every layer, which stays.</summary>
internal static class UnstructuredMask
{
    /// <summary>In every layer the ratio of its weights goes, those with the lowest scores.</summary>
    /// <param name="scores">For every layer its weights' scores; no layer is empty.</param>
    /// <param name="ratio">In [0, 1).</param>
    /// <returns>For every layer which weights stay.</returns>
    public static bool[][] PerLayer(IReadOnlyList<float[]> scores, double ratio) => [.. scores.Select(layer => Overall([layer], ratio)[0])];

    /// <summary>Of all layers together the ratio of the weights goes, those with the lowest scores.</summary>
    /// <param name="scores">For every layer its weights' scores; no layer is empty.</param>
    /// <param name="ratio">In [0, 1).</param>
    /// <returns>For every layer which weights stay.</returns>
    public static bool[][] Overall(IReadOnlyList<float[]> scores, double ratio)
    {
        float[] keys = [.. scores.SelectMany(Unremovable)];
        int[] places = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, places);
        bool[] goes = new bool[keys.Length];
        foreach (int place in places.AsSpan(0, Math.Min(Zeros(keys.Length, ratio), keys.Length - scores.Count))) goes[place] = true;
        int start = 0;
        return [.. scores.Select(layer => goes.AsSpan((start += layer.Length) - layer.Length, layer.Length).ToArray().Select(gone => !gone).ToArray())];
    }

    /// <summary>How many weights go: the ratio of them, rounded to the nearest.</summary>
    public static int Zeros(int weights, double ratio) => (int)Math.Round(ratio * weights, MidpointRounding.AwayFromZero);

    /// <summary>The scores, where nothing is above the best one.</summary>
    private static float[] Unremovable(float[] layer)
    {
        float[] scores = [.. layer];
        scores[Array.IndexOf(layer, layer.Max())] = float.PositiveInfinity;
        return scores;
    }
}
