using Distributed.Client.Rendering;
using Distributed.Client.Selection;
using Distributed.Client.Tests.Samples;
using Distributed.Client.Sessions;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Distributed.Client.Tests.Rendering;

/// <summary>The front of a sweep that wins size after compression: what it asks for is what its pages show.</summary>
public sealed class FrontPagesTests
{
    private static readonly FrontView View = FrontView.Of(State());

    [Fact]
    public void The_cheapest_model_comes_first() => Assert.Equal([1, 2, 0], View.Models.Select(trial => trial.Id.Number));

    [Fact]
    public void The_table_has_a_column_of_what_is_asked_for()
    {
        string table = Text(FrontTable.Of(View, null));
        Assert.Contains("compressed", table, StringComparison.Ordinal);
        Assert.Contains("20.0 kB", table, StringComparison.Ordinal);
        Assert.DoesNotContain("compressed", Text(FrontTable.Of(FrontView.Of(SampleSweep.Picture().State), null)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_plot_and_the_picture_are_drawn_over_the_objectives()
    {
        Assert.Contains("accuracy (corrupted validation) over compressed size (B)", Text(FrontPlot.Of(View, 100)), StringComparison.Ordinal);
        string file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "front.svg");
        FrontImage.WriteSvg(View, View.Spec!, file);
        string picture = File.ReadAllText(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        foreach (string text in (string[])["Compressed size (B)", "Accuracy (corrupted validation)", "accuracy (corrupted validation) against compressed size (B)"])
            Assert.Contains(text, picture, StringComparison.Ordinal);
    }

    private static SweepState State()
    {
        SweepPicture picture = new();
        foreach (var entry in SampleSweep.Log(front: [0, 1, 2]))
            picture.Apply(entry with { Record = Changed(entry.Record) });
        return picture.State;
    }

    private static SweepRecord Changed(SweepRecord record) => record switch
    {
        SweepRecord.Launched launched => new SweepRecord.Launched(launched.Spec with
        {
            Objectives = [new(Metric.CompressedBytes, Direction.Minimize), new(Metric.CorruptedAccuracy, Direction.Maximize)],
        }),
        // The fastest is not the smallest.
        SweepRecord.TrialClosed { Outcome: TrialOutcome.Completed completed, Trial.Number: 1 or 2 } closed => closed with
        {
            Outcome = completed with { Measurement = completed.Measurement with { CompressedBytes = 20_000 * closed.Trial.Number } },
        },
        SweepRecord.TrialClosed { Outcome: TrialOutcome.Prepared prepared } closed => closed with
        {
            Outcome = prepared with { Measurement = prepared.Measurement with { CompressedBytes = 90_000 } },
        },
        _ => record,
    };

    private static string Text(IRenderable page)
    {
        using var console = new TestConsole().Width(200);
        console.Write(page);
        return console.Output;
    }
}
