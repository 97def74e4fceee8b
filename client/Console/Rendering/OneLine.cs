namespace Distributed.Client.Rendering;

/// <summary>Text that must not take more than one line.</summary>
internal static class OneLine
{
    /// <summary>The text without line breaks, its end replaced by "…" where it is too long.</summary>
    public static string Of(string text, int columns)
    {
        string flat = text.ReplaceLineEndings(" ");
        return flat.Length <= columns ? flat : $"{flat[..Math.Max(0, columns - 1)]}…";
    }
}
