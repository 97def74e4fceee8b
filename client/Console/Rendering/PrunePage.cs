using Distributed.Client.Commands;
using Spectre.Console;

namespace Distributed.Client.Rendering;

/// <summary>A model before and after it was pruned.</summary>
internal static class PrunePage
{
    public static void Write(ConsoleContext context, PrunedModel pruned)
    {
        context.Output.Write(Of(pruned));
        context.Print(Invariant($"{pruned.Kept} of {pruned.Units} channels are left ({pruned.Candidate})"));
        if (pruned.LeftOut.Count > 0) context.Print($"left out: {string.Join(", ", pruned.LeftOut)}");
        if (pruned.After.Sparsity is not null) context.Print("Zero weights make the compressed file smaller; ONNX Runtime is no faster by them.");
        if (pruned.After.Warning is { } warning) context.Print(warning);
        if (!pruned.After.Latency.Settled) context.Print("The latency never settled: something else ran on the machine. 'model measure' measures again.");
        foreach (string file in (string[])[pruned.Model, pruned.Plan, pruned.Lineage]) context.Print(file);
    }

    private static Table Of(PrunedModel pruned)
    {
        var (before, after) = (pruned.Before, pruned.After);
        var table = new Table().RoundedBorder().AddColumn("");
        foreach (string column in (string[])["before", "after"]) table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        table.AddRow("accuracy (validation)", Quantity.Percent(before.Accuracy), Quantity.Percent(after.Accuracy));
        table.AddRow("accuracy (corrupted)", Quantity.Percent(before.CorruptedAccuracy), Quantity.Percent(after.CorruptedAccuracy));
        table.AddRow("accuracy (test)", Quantity.Percent(before.TestAccuracy), Quantity.Percent(after.TestAccuracy));
        table.AddRow("MACs", Quantity.Count(before.Macs), Quantity.Count(after.Macs));
        table.AddRow("parameters", Quantity.Count(before.Parameters), Quantity.Count(after.Parameters));
        table.AddRow("size", Quantity.Size(before.Bytes), Quantity.Size(after.Bytes));
        if (after.CompressedBytes is { } compressed) table.AddRow("size, compressed (Brotli)", before.CompressedBytes is { } dense ? Quantity.Size(dense) : "", Quantity.Size(compressed));
        if (after.Sparsity is { } sparsity) table.AddRow($"zero weights ({sparsity.Pattern})", "", Quantity.Zeros(sparsity));
        table.AddRow("latency", Quantity.Milliseconds(before.Latency.MedianMs), Quantity.Milliseconds(after.Latency.MedianMs));
        table.AddRow("latency ratio", Quantity.Ratio(1), Invariant($"{after.Latency.Ratio:0.000} ± {after.Latency.RatioDeviation:0.000}"));
        return table;
    }
}
