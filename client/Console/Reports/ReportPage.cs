using System.Net;
using System.Text;

namespace Distributed.Client.Reports;

/// <summary>A report as one HTML page that needs nothing but itself: no script, no font, nothing fetched.</summary>
internal static class ReportPage
{
    private const string Style = """
        :root{color-scheme:light dark;--line:#8884;--soft:#8881}
        body{font:15px/1.45 system-ui,sans-serif;max-width:1100px;margin:2rem auto;padding:0 1rem}
        h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.2rem 0 .5rem}p{margin:.4rem 0}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
        th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
        th:first-child,td:first-child{text-align:left}thead th{background:var(--soft)}
        .chart{background:#fff;border-radius:6px;max-width:100%}.chart svg{max-width:100%;height:auto;display:block}
        .heat td:not(:first-child){color:#111}small,.note{opacity:.75}.warning{color:#b42318;font-weight:600}pre{overflow-x:auto;background:var(--soft);padding:.8rem;border-radius:6px}
        """;

    /// <summary>The page of a report.</summary>
    public static string Of(ModelReport report)
    {
        StringBuilder page = new();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
            .Append(Invariant($"<title>{Text($"{report.Sweep}: trial {report.Trial}")}</title>\n<style>{Style}</style></head>\n<body>\n"))
            .Append(Invariant($"<h1>{Text($"{report.Sweep}, trial {report.Trial}")}</h1>\n<p>{Text(report.Model)} · {Text(report.Candidate?.ToString() ?? "the dense model")}</p>\n"));
        Totals(page, report);
        page.Append("<h2>Where the time goes</h2>\n<div class=\"chart\">").Append(ReportCharts.Layers(report)).Append("</div>\n");
        Layers(page, report);
        Sensitivity(page, report.Sensitivity);
        Answers(page, report.Agreement);
        Confusion(page, report.Confusion);
        if (report.Lineage is { } lineage) page.Append(Invariant($"<h2>Lineage</h2>\n<details><summary>Everything needed to rebuild the model (lineage.json)</summary><pre>{Text(lineage.GetRawText())}</pre></details>\n"));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Totals(StringBuilder page, ModelReport report)
    {
        var (dense, pruned) = (report.Dense, report.Pruned);
        page.Append("<h2>In all</h2>\n<table><thead><tr><th></th><th>dense</th><th>this model</th><th>÷</th></tr></thead><tbody>\n");
        Row(page, "accuracy (validation)", Quantity.Percent(dense.Accuracy), Quantity.Percent(pruned.Accuracy), Invariant($"{100 * (pruned.Accuracy - dense.Accuracy):+0.00;−0.00} points"));
        Row(page, "multiply-accumulates", Quantity.Count(dense.Macs), Quantity.Count(pruned.Macs), Part(pruned.Macs, dense.Macs));
        Row(page, "parameters", Quantity.Count(dense.Parameters), Quantity.Count(pruned.Parameters), Part(pruned.Parameters, dense.Parameters));
        Row(page, "file", Quantity.Size(dense.Bytes), Quantity.Size(pruned.Bytes), Part(pruned.Bytes, dense.Bytes));
        if (report.Measurement?.CompressedBytes is { } compressed) Row(page, "file, compressed (Brotli)", "", Quantity.Size(compressed), "");
        if (report.Measurement?.Sparsity is { } sparsity) Row(page, Invariant($"zero weights ({sparsity.Pattern})"), "", Quantity.Zeros(sparsity), "");
        if (report.Measurement?.Latency is { } latency) Row(page, "latency, beside the dense model", "", Quantity.Milliseconds(latency.MedianMs), Invariant($"{Quantity.Ratio(latency.Ratio)} ± {latency.RatioDeviation:0.000}"));
        if (report.Measurement?.OverFloat32 is { } over) Row(page, "latency, beside its float32 parent", "", "", Quantity.Ratio(over));
        Row(page, "nodes' time", Time(dense.Microseconds), Time(pruned.Microseconds), Part(pruned.Microseconds, dense.Microseconds));
        page.Append("</tbody></table>\n");
        if (report.Warning is { } warning) page.Append(Invariant($"<p class=\"warning\">{Text(warning)}: the float32 file of the same channels is the better one here.</p>\n"));
        if (report.Measurement?.Sparsity is not null) page.Append("<p class=\"note\">Single weights that are zero make the file smaller once it is compressed; ONNX Runtime multiplies by them all the same, so that they bring no latency.</p>\n");
        page.Append("<p class=\"note\">The nodes' time is the sum over ONNX Runtime's profile, taken for this report; the latency that the front goes by is the one measured beside the dense model.</p>\n");
    }

    private static void Layers(StringBuilder page, ModelReport report)
    {
        page.Append("<h2>Layers</h2>\n<div class=\"wide\"><table><thead><tr><th>layer</th><th>width</th><th>MACs</th><th>÷ dense</th><th>time</th><th>÷ dense</th><th title=\"linear centred kernel alignment with the dense model's layer\">CKA</th></tr></thead><tbody>\n");
        foreach (var layer in report.Layers)
        {
            Row(page, layer.Name,
                layer.Width == 0 ? Invariant($"{layer.DenseWidth} → left out") : layer.Width == layer.DenseWidth ? Invariant($"{layer.Width}") : Invariant($"{layer.DenseWidth} → {layer.Width}"),
                Quantity.Count(layer.Macs), Part(layer.Macs, layer.DenseMacs),
                layer.Width == 0 ? "" : layer.Microseconds is { } time ? Time(time) : "merged",
                layer is { Microseconds: { } now, DenseMicroseconds: { } before } ? Part(now, before) : "",
                layer.Cka is { } cka ? Invariant($"{cka:0.000}") : "");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Sensitivity(StringBuilder page, ReportSensitivity map)
    {
        page.Append(Invariant($"<h2>Sensitivity</h2>\n<p class=\"note\">Accuracy of the dense model on {map.Images} validation images after one family alone is pruned by '{Text(map.Criterion)}', without recovery. Each cell is a real prune of the whole family.</p>\n"))
            .Append("<div class=\"wide\"><table class=\"heat\"><thead><tr><th>family</th>");
        foreach (double ratio in map.Ratios) page.Append(Invariant($"<th>−{100 * ratio:0} %</th>"));
        page.Append("</tr></thead><tbody>\n");
        foreach (var row in map.Rows)
        {
            page.Append(Invariant($"<tr><td>{Text(row.Family)}</td>"));
            foreach (double? accuracy in row.Accuracies)
            {
                page.Append(accuracy is { } value
                    ? Invariant($"<td style=\"background:hsl({120 * Math.Clamp(value, 0, 1):0} 70% 75%)\">{Quantity.Percent(value)}</td>")
                    : "<td>empty</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Answers(StringBuilder page, ReportAgreement agreement) => page
        .Append(Invariant($"<h2>Changed answers</h2>\n<p>{agreement.Images - agreement.Same} of {agreement.Images} validation images changed their class: {agreement.Lost} for the worse, {agreement.Gained} for the better.</p>\n"))
        .Append("<div class=\"chart\">").Append(ReportCharts.Margins(agreement)).Append("</div>\n")
        .Append(Invariant($"<details><summary>Positions in the validation split{(agreement.Flipped.Count < agreement.Images - agreement.Same ? Invariant($" (the first {agreement.Flipped.Count})") : "")}</summary><p>{string.Join(", ", agreement.Flipped)}</p></details>\n"));

    private static void Confusion(StringBuilder page, ReportConfusion confusion)
    {
        page.Append("<h2>Confusion</h2>\n<p class=\"note\">Rows: true class; columns: predicted class. Images of this model, and in brackets how many more or fewer than the dense model.</p>\n<div class=\"wide\"><table><thead><tr><th></th>");
        foreach (string name in confusion.Classes) page.Append(Invariant($"<th>{Text(name)}</th>"));
        page.Append("</tr></thead><tbody>\n");
        for (int i = 0; i < confusion.Classes.Count; i++)
        {
            int row = i;
            Row(page, confusion.Classes[i], [.. confusion.Pruned[i].Select((count, j) => count - confusion.Dense[row][j] is var change && change != 0
                ? Invariant($"{count} ({change:+0;−0})")
                : count == 0 ? "" : Invariant($"{count}"))]);
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Row(StringBuilder page, string name, params IReadOnlyList<string> cells)
    {
        page.Append(Invariant($"<tr><td>{Text(name)}</td>"));
        foreach (string cell in cells) page.Append(Invariant($"<td>{Text(cell)}</td>"));
        page.Append("</tr>\n");
    }

    private static string Part(double now, double before) => before > 0 ? Quantity.Ratio(now / before) : "";

    private static string Time(double microseconds) => Invariant($"{Quantity.Significant(microseconds)} µs");

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
