using System.Text.Json;
using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Charts;

public sealed class FrontChartTests
{
    private static readonly SweepSpec Bounded = SampleLog.Spec with { Constraints = [new(Metric.Accuracy, AtLeast: 0.9)] };

    [Fact]
    public void Kinds_of_trials_are_told_apart_by_colour_and_by_shape()
    {
        using var json = ChartCatalogTests.Draw(new FrontChart(), SampleLog.View(40, spec: Bounded), ChartQuery.Default);
        var clouds = Clouds(json);
        Assert.Equal(["dominated", "infeasible", "stopped early", "failed", "running", "dense", "front", "knee"], clouds.Select(cloud => cloud.GetProperty("name").GetString()));
        Assert.Equal(clouds.Count, clouds.Select(cloud => cloud.GetProperty("marker").GetProperty("color").GetString()).Distinct().Count());
        Assert.Equal(clouds.Count, clouds.Select(cloud => cloud.GetProperty("marker").GetProperty("symbol").GetString()).Distinct().Count());
    }

    [Fact]
    public void Every_trial_with_values_is_one_point_and_leads_to_its_page()
    {
        using var json = ChartCatalogTests.Draw(new FrontChart(), SampleLog.View(20), ChartQuery.Default);
        var links = Clouds(json).SelectMany(cloud => cloud.GetProperty("customdata").EnumerateArray().Select(link => link.GetString())).ToList();
        Assert.Equal(21, links.Count);
        Assert.Contains("sweeps/sample/trials/0", links);
        Assert.Contains("sweeps/sample/trials/20", links);
    }

    [Fact]
    public void Of_thousands_that_lie_on_each_other_the_newest_is_drawn_and_the_legend_says_so()
    {
        var view = SampleLog.View(4000);
        using var json = ChartCatalogTests.Draw(new FrontChart(), view, ChartQuery.Default);
        var dominated = Clouds(json).Single(cloud => cloud.GetProperty("name").GetString()!.StartsWith("dominated", StringComparison.Ordinal));
        TrialKinds kinds = new(view);
        int all = view.Trials.Count(trial => kinds.Of(trial) == TrialKind.Dominated), drawn = dominated.GetProperty("x").GetArrayLength();
        Assert.InRange(drawn, 20, all / 10);
        Assert.Equal($"dominated ({drawn} of {all} drawn)", dominated.GetProperty("name").GetString());
        Assert.Contains(dominated.GetProperty("customdata").EnumerateArray(), link => link.GetString() == "sweeps/sample/trials/3999");

        using var whole = ChartCatalogTests.Draw(new FrontChart(), view, ChartQuery.Default.With("all", "on"));
        Assert.Equal(view.Trials.Count, Clouds(whole).Sum(cloud => cloud.GetProperty("x").GetArrayLength()));
    }

    [Fact]
    public void Points_of_the_front_are_all_drawn_however_many()
    {
        List<TrialPoint> points = [.. Enumerable.Repeat(new TrialPoint(SampleLog.View(1).Trials[1], TrialKind.Front, true, [0.5, 0.5]), 3000)];
        Assert.Same(points, Thinning.Of(TrialKind.Front, points, logX: false, logY: false));
        Assert.Single(Thinning.Of(TrialKind.Dominated, points, logX: false, logY: false));
    }

    [Fact]
    public void The_hover_tells_the_candidate_and_its_values()
    {
        using var json = ChartCatalogTests.Draw(new FrontChart(), SampleLog.View(3), ChartQuery.Default);
        var texts = Clouds(json).SelectMany(cloud => cloud.GetProperty("hovertext").EnumerateArray().Select(text => text.GetString()!)).ToList();
        Assert.Contains(texts, text => text.StartsWith("<b>Trial 1</b>", StringComparison.Ordinal) && text.Contains("taylor", StringComparison.Ordinal) && text.Contains("Latency ÷ dense: 0.978", StringComparison.Ordinal));
    }

    [Fact]
    public void What_constraints_forbid_is_shaded()
    {
        using var json = ChartCatalogTests.Draw(new FrontChart(), SampleLog.View(20, spec: Bounded), ChartQuery.Default);
        var shape = Assert.Single(json.RootElement.GetProperty("layout").GetProperty("shapes").EnumerateArray());
        Assert.Equal(0.9, shape.GetProperty("y1").GetDouble());
        Assert.Equal("y", shape.GetProperty("yref").GetString());
    }

    [Fact]
    public void Axes_can_be_logarithmic()
    {
        using var json = ChartCatalogTests.Draw(new FrontChart(), SampleLog.View(20), ChartQuery.Default.With("logx", "on"));
        Assert.Equal("log", json.RootElement.GetProperty("layout").GetProperty("xaxis").GetProperty("type").GetString());
    }

    [Fact]
    public void Three_objectives_are_drawn_in_space_when_asked()
    {
        var spec = SampleLog.Spec with { Objectives = [.. SampleLog.Spec.Objectives, new(Metric.Bytes, Direction.Minimize)] };
        var view = SampleLog.View(20, spec: spec);
        Assert.Contains(new FrontChart().Options(view), option => option.Key == "3d");
        using var json = ChartCatalogTests.Draw(new FrontChart(), view, ChartQuery.Default.With("3d", "on"));
        Assert.All(json.RootElement.GetProperty("data").EnumerateArray(), trace => Assert.Equal("scatter3d", trace.GetProperty("type").GetString()));
    }

    [Fact]
    public void Ten_thousand_trials_are_drawn_by_webgl()
    {
        using var json = ChartCatalogTests.Draw(new FrontChart(), SampleLog.View(10_000), ChartQuery.Default.With("all", "on"));
        var clouds = Clouds(json);
        Assert.Equal("scattergl", clouds.Single(cloud => cloud.GetProperty("name").GetString() == "dominated").GetProperty("type").GetString());
        Assert.Equal(10_001, clouds.Sum(cloud => cloud.GetProperty("x").GetArrayLength()));
    }

    private static List<JsonElement> Clouds(JsonDocument json) =>
        [.. json.RootElement.GetProperty("data").EnumerateArray().Where(trace => trace.TryGetProperty("marker", out _))];
}
