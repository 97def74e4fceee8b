using Distributed.Client.SweepFiles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`sweep analyze A B … --attainment`: what one, half and all of several sweeps reach.</summary>
internal static class AttainmentPage
{
    private const int Height = 15;
    private const int Width = 60;

    /// <summary>By the order of the surfaces; the last ones are drawn last.</summary>
    private static readonly char[] Marks = ['·', '○', '●'];

    public static IRenderable Of(Attainment attainment, IReadOnlyList<Objective> objectives)
    {
        var surfaces = attainment.Surfaces.Where(surface => surface.Corners.Count > 0).ToList();
        if (surfaces.Count == 0) return new Text("No sweep has a front yet.");
        List<ScatterPoint> points = [.. surfaces.Index().SelectMany(one => one.Item.Corners.Select(corner => new ScatterPoint(corner.Second, corner.First, Marks[one.Index])))];
        string legend = string.Join("   ", surfaces.Index().Select(one => $"{Marks[one.Index]} {Name(one.Item, attainment)}"));
        var table = new Table().RoundedBorder().AddColumn("reached by");
        foreach (var objective in objectives.Take(2).Reverse()) table.AddColumn(new TableColumn(Vocabulary.NameOf(objective.Metric)).RightAligned());
        foreach (var surface in surfaces)
            foreach (var corner in surface.Corners) table.AddRow(Name(surface, attainment), Value(objectives[1].Metric, corner.Second), Value(objectives[0].Metric, corner.First));
        return new Rows(
            [
                new Text($"{Vocabulary.NameOf(objectives[0].Metric)} over {Vocabulary.NameOf(objectives[1].Metric)}   {legend}"),
                .. ScatterText.Draw(points, Width, Height, value => Value(objectives[1].Metric, value), value => Value(objectives[0].Metric, value)).Select(line => new Text(line)),
                table,
            ]);
    }

    private static string Name(AttainedSurface surface, Attainment attainment) => surface.Reached == attainment.Sweeps
        ? Invariant($"all {attainment.Sweeps}")
        : Invariant($"{surface.Reached} of {attainment.Sweeps}");

    private static string Value(Metric metric, double value) => metric switch
    {
        Metric.Accuracy or Metric.CorruptedAccuracy => Quantity.Percent(value),
        Metric.LatencyRatio => Quantity.Ratio(value),
        Metric.LatencyMs => Quantity.Milliseconds(value),
        Metric.Macs or Metric.Parameters => Quantity.Count((long)value),
        _ => Quantity.Size((long)value),
    };
}
