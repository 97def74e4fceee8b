using Distributed.Client.Selection;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>A front as a table: the dense model first, then the front, the cheapest first.</summary>
internal static class FrontTable
{
    /// <param name="view">What to show.</param>
    /// <param name="profile">Tells widths; may be null.</param>
    /// <param name="files">Where models were written; without an entry, nothing is said.</param>
    public static IRenderable Of(FrontView view, ModelProfile? profile, IReadOnlyDictionary<TrialId, string>? files = null)
    {
        var table = new Table().RoundedBorder();
        foreach (string column in (string[])["trial", "accuracy", "test", "corrupted", "latency", "ratio", "MACs", "params", "size", .. view.Asks(Metric.CompressedBytes) ? ["compressed"] : Array.Empty<string>()])
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        table.AddColumn("candidate");
        if (files is { Count: > 0 }) table.AddColumn("model");
        if (view.Dense is { } dense && !view.Models.Contains(dense)) Add(table, view, dense, profile, files, "[grey]", "[/]");
        foreach (var trial in view.Models)
        {
            bool knee = view.Models.Count > 2 && trial == view.Knee;
            Add(table, view, trial, profile, files, knee ? "[bold green]" : "", knee ? "[/]" : "");
        }

        return view.Models.Count > 2 ? table.Caption("* the knee: 'model pull SWEEP --knee'", new Style(decoration: Decoration.Dim)) : table;
    }

    private static void Add(
        Table table, FrontView view, TrialState trial, ModelProfile? profile, IReadOnlyDictionary<TrialId, string>? files, string open, string close)
    {
        var values = trial.Measurement!;
        string star = open.Contains("green", StringComparison.Ordinal) ? "*" : "";
        List<string> cells =
        [
            trial.Id.IsDense ? "dense" : $"{star}{trial.Id}",
            Quantity.Percent(values.Accuracy),
            Quantity.Percent(values.TestAccuracy),
            Quantity.Percent(values.CorruptedAccuracy),
            Quantity.Milliseconds(values.Latency.MedianMs),
            Quantity.Ratio(values.Latency.Ratio),
            Quantity.Count(values.Macs),
            Quantity.Count(values.Parameters),
            Quantity.Size(values.Bytes),
            .. view.Asks(Metric.CompressedBytes) ? [Quantity.Of(Metric.CompressedBytes, values.Of(Metric.CompressedBytes))] : Array.Empty<string>(),
            values.Warning is { } warning ? $"{CandidateText.Of(trial, profile)} ({warning})" : CandidateText.Of(trial, profile),
        ];
        if (files is { Count: > 0 }) cells.Add(files.GetValueOrDefault(trial.Id) ?? "");
        table.AddRow([.. cells.Select(cell => $"{open}{Markup.Escape(cell)}{close}")]);
    }
}
