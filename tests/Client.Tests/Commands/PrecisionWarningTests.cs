using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Selection;
using Distributed.Client.Tests.Samples;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Distributed.Client.Tests.Commands;

/// <summary>An int8 model that is slower than its float32 parent reaches no front without a word.</summary>
public sealed class PrecisionWarningTests
{
    private const string Warning = "int8 is 1.2× slower than its float32 parent";

    private static TrialState Trial(double? overFloat32) => new()
    {
        Id = new(7),
        Reason = "a test",
        Status = TrialStatus.Completed,
        Measurement = SampleSweep.Measured(0.9, 0.8) with { OverFloat32 = overFloat32 },
    };

    private static string Text(Spectre.Console.Rendering.IRenderable page)
    {
        using var console = new TestConsole().Width(200);
        console.Write(page);
        return console.Output;
    }

    [Fact]
    public void Trial_show_says_so() => Assert.Contains(Warning, Text(TrialPage.Of(Trial(1.2), null)), StringComparison.Ordinal);

    [Fact]
    public void The_json_of_a_front_says_so() => Assert.Contains("\"warning\":\"int8 is 1.2", SweepJson.Write(FrontModel.Of(Trial(1.2))), StringComparison.Ordinal);

    [Fact]
    public void The_table_of_a_front_says_so() => Assert.Contains(Warning, Text(FrontTable.Of(new FrontView([Trial(1.2)], [], null, null, null), null)), StringComparison.Ordinal);

    [Theory]
    [InlineData(0.5)]
    [InlineData(null)]
    public void Nothing_is_said_of_a_faster_one_or_of_a_float_one(double? overFloat32)
    {
        var trial = Trial(overFloat32);
        Assert.Null(trial.Measurement!.Warning);
        Assert.DoesNotContain("warning", SweepJson.Write(FrontModel.Of(trial)), StringComparison.Ordinal);
        Assert.DoesNotContain("slower", Text(TrialPage.Of(trial, null)), StringComparison.Ordinal);
    }
}
