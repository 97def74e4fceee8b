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
        if (pruned.After.Warning is { } warning) context.Print(warning);
        if (!pruned.After.Latency.Settled) context.Print("The latency never settled: something else ran on the machine. 'model measure' measures again.");
        foreach (string file in (string[])[pruned.Model, pruned.Plan, pruned.Lineage]) context.Print(file);
    }

    private static Table Of(PrunedModel pruned)
    {
        var (before, after) = (pruned.Before, pruned.After);
        var table = new Table().RoundedBorder().AddColumn("");
        foreach (string column in (string[])["before", "after"]) table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        table.AddRow("accuracy (validation)", Figures.Percent(before.Accuracy), Figures.Percent(after.Accuracy));
        table.AddRow("accuracy (corrupted)", Figures.Percent(before.CorruptedAccuracy), Figures.Percent(after.CorruptedAccuracy));
        table.AddRow("accuracy (test)", Figures.Percent(before.TestAccuracy), Figures.Percent(after.TestAccuracy));
        table.AddRow("MACs", Figures.Count(before.Macs), Figures.Count(after.Macs));
        table.AddRow("parameters", Figures.Count(before.Parameters), Figures.Count(after.Parameters));
        table.AddRow("size", Figures.Size(before.Bytes), Figures.Size(after.Bytes));
        table.AddRow("latency", Figures.Milliseconds(before.Latency.MedianMs), Figures.Milliseconds(after.Latency.MedianMs));
        table.AddRow("latency ratio", Figures.Ratio(1), Invariant($"{after.Latency.Ratio:0.000} ± {after.Latency.RatioDeviation:0.000}"));
        return table;
    }
}
