using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Charts;

/// <summary>A dense model that breaks a constraint is drawn as the dense model, and counts for nothing.</summary>
public sealed class InfeasibleDenseTests
{
    private static readonly SweepSpec Bounded = SampleLog.Spec with { Constraints = [new(Metric.LatencyRatio, AtMost: 0.9)] };

    [Fact]
    public void The_best_so_far_begins_with_the_first_feasible_trial()
    {
        var view = SampleLog.View(30, spec: Bounded);
        using var json = ChartCatalogTests.Draw(ChartCatalog.Find("objectives")!, view, ChartQuery.Default);
        var line = json.RootElement.GetProperty("data").EnumerateArray().Single(trace => trace.GetProperty("name").GetString() == "best so far");
        double highest = line.GetProperty("y").EnumerateArray().Where(value => value.ValueKind == System.Text.Json.JsonValueKind.Number).Max(value => value.GetDouble());
        double dense = view.Dense!.Measurement!.Accuracy;
        Assert.Equal(Feasible(view).Max(trial => trial.Measurement!.Accuracy), highest, 9);
        Assert.True(highest < dense);
    }

    [Fact]
    public void A_comparison_leaves_it_out()
    {
        Comparison comparison = new(SampleLog.View(30, spec: Bounded), SampleLog.View(12, spec: Bounded));
        Assert.Equal(Feasible(comparison.First).Concat(Feasible(comparison.Second)).Max(trial => trial.Measurement!.Latency.Ratio), comparison.Reference.X, 9);
        Assert.DoesNotContain(comparison.Front(comparison.First), point => point.Trial.Id.IsDense);
        Assert.Contains(comparison.Points(comparison.First), point => point.Trial.Id.IsDense);
    }

    private static IEnumerable<TrialState> Feasible(SweepView view) => view.Trials.Where(trial => trial.Measurement is { Latency.Ratio: <= 0.9 });
}
