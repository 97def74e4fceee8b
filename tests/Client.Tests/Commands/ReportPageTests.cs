using Distributed.Client.Reports;
using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

/// <summary>What a report says of what the sweep measured.</summary>
public sealed class ReportPageTests
{
    private static readonly Measurement Measured = SampleSweep.Measured(0.93, 0.45);

    [Fact]
    public void An_int8_model_that_is_slower_than_its_parent_is_told() =>
        Assert.Contains("int8 is 1.25× slower than its float32 parent", Page(Measured with { OverFloat32 = 1.25 }), StringComparison.Ordinal);

    [Fact]
    public void So_does_report_json() =>
        Assert.Contains("\"warning\":\"int8 is 1.25× slower than its float32 parent\"", SweepJson.Write(Report(Measured with { OverFloat32 = 1.25 })), StringComparison.Ordinal);

    [Fact]
    public void A_faster_one_is_told_by_its_ratio_alone()
    {
        string page = Page(Measured with { OverFloat32 = 0.4 });
        Assert.Contains("<td>latency, beside its float32 parent</td><td></td><td></td><td>0.400</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"warning\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_weights_are_told_with_what_they_bring()
    {
        string page = Page(Measured with { CompressedBytes = 12_300, Sparsity = new("2:4", 2000, 1000) });
        Assert.Contains("<td>zero weights (2:4)</td><td></td><td>50.00 %</td>", page, StringComparison.Ordinal);
        Assert.Contains("12.3 kB", page, StringComparison.Ordinal);
        Assert.Contains("they bring no latency", page, StringComparison.Ordinal);
        Assert.DoesNotContain("zero weights", Page(Measured), StringComparison.Ordinal);
    }

    [Fact]
    public void The_measured_latency_and_the_lineage_stand_on_the_page()
    {
        string page = Page(Measured);
        Assert.Contains("<td>0.450 ± 0.004</td>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<h2>Lineage</h2>", page, StringComparison.Ordinal);
    }

    private static ModelReport Report(Measurement measurement) =>
        SampleReport.Of("model.onnx").Of("model.onnx", new() { Id = new(2), Reason = "a test", Status = TrialStatus.Completed, Measurement = measurement });

    // Signs like × are written as entities.
    private static string Page(Measurement measurement) =>
        ReportPage.Of(Report(measurement)).Replace("&#215;", "×", StringComparison.Ordinal).Replace("&#177;", "±", StringComparison.Ordinal);
}
