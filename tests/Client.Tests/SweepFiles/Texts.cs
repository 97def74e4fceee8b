using Distributed.Client.SweepFiles;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>Reads sweep files that are texts, on a disk where everything exists whose name does not contain "missing".</summary>
internal static class Texts
{
    public static SweepSpec Parse(string text, string file = "sweep.yaml", SweepFileOverrides? overrides = null) =>
        SweepFile.Parse(text, new(file, "/folder", overrides ?? new(), path => !path.Contains("missing", StringComparison.Ordinal)));

    public static IReadOnlyList<Problem> Problems(string text)
    {
        try
        {
            Parse(text);
            return [];
        }
        catch (InvalidSweepFileException error)
        {
            return error.Problems;
        }
    }
}
