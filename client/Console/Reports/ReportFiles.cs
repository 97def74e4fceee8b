namespace Distributed.Client.Reports;

/// <summary>Writes a report beside its model: report.json, and report.html that needs nothing but itself.</summary>
internal static class ReportFiles
{
    /// <summary>Writes both; each is whole or absent.</summary>
    /// <returns>The path of the page.</returns>
    public static async Task<string> Write(ModelReport report, string folder, CancellationToken cancellation)
    {
        await Write(Path.Combine(folder, "report.json"), SweepJson.Write(report), cancellation);
        string page = Path.Combine(folder, "report.html");
        await Write(page, ReportPage.Of(report), cancellation);
        return page;
    }

    private static async Task Write(string file, string text, CancellationToken cancellation)
    {
        string part = $"{file}.{Guid.NewGuid():N}.part";
        await File.WriteAllTextAsync(part, text, cancellation);
        File.Move(part, file, overwrite: true);
    }
}
