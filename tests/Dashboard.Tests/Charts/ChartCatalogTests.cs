using System.Text.Json;
using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Charts;

public sealed class ChartCatalogTests
{
    public static TheoryData<string> Names { get; } = [.. ChartCatalog.All.Select(chart => chart.Name)];

    [Theory, MemberData(nameof(Names))]
    public void An_empty_sweep_has_nothing_to_draw(string name) => Assert.Null(Chart(name).Draw(SampleLog.View(SampleLog.Of(0).Take(2)), ChartQuery.Default));

    [Theory, MemberData(nameof(Names))]
    public void A_sweep_before_its_first_record_has_nothing_to_draw(string name) => Assert.Null(Chart(name).Draw(SampleLog.View([]), ChartQuery.Default));

    [Theory, MemberData(nameof(Names))]
    public void A_sweep_with_trials_is_drawn(string name)
    {
        using var json = Draw(Chart(name), SampleLog.View(30), ChartQuery.Default);
        Assert.True(json.RootElement.GetProperty("data").GetArrayLength() > 0);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_choice_can_be_drawn(string name)
    {
        var view = SampleLog.View(30);
        foreach (var option in Chart(name).Options(view))
        {
            foreach (string choice in option.Choices)
            {
                if (Chart(name).Draw(view, ChartQuery.Default.With(option.Key, choice)) is { } figure) Assert.NotEmpty(figure.Data);
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_choice_that_there_is_not_means_the_default(string name)
    {
        var view = SampleLog.View(30);
        ChartQuery query = new([.. Chart(name).Options(view).Select(option => KeyValuePair.Create(option.Key, "<img src=x>"))]);
        Assert.Equal(FigureJson.Write(Chart(name).Draw(view, ChartQuery.Default)!), FigureJson.Write(Chart(name).Draw(view, query)!));
    }

    [Theory, MemberData(nameof(Names))]
    public void Names_from_outside_are_escaped(string name)
    {
        const string Evil = "<img src=x onerror=alert(1)>";
        var spec = SampleLog.Spec with { Space = new([new Parameter.Categorical(Evil, [Evil, "b"]), .. SampleLog.Spec.Space.Parameters]) };
        var log = SampleLog.Of(30, spec: spec).Select(entry => entry with
        {
            Record = entry.Record switch
            {
                SweepRecord.Suggested { Candidate: { } candidate } suggested => suggested with { Candidate = candidate.With(Evil, suggested.Trial.Number % 3 == 0 ? Evil : "b").With("z" + Evil, suggested.Trial.Number), Reason = Evil },
                SweepRecord.Leased leased => leased with { Slot = Evil },
                SweepRecord.AttemptEnded ended => ended with { Reason = Evil },
                SweepRecord.TrialClosed { Outcome: TrialOutcome.Failed failed } closed => closed with { Outcome = failed with { Reason = Evil } },
                SweepRecord.TrialClosed { Outcome: TrialOutcome.Stopped stopped } closed => closed with { Outcome = stopped with { Reason = Evil } },
                var other => other,
            },
        });
        using var json = Draw(Chart(name), SampleLog.View(log), ChartQuery.Default);
        Assert.DoesNotContain(Texts(json.RootElement), text => text.Contains("<img", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_that_no_measured_trial_has_is_no_axis()
    {
        Parameter.Real decay = new("weight-decay", 1e-5, 1e-2, Scale.Log);
        var spec = SampleLog.Spec with { Space = new([.. SampleLog.Spec.Space.Parameters, decay]) };
        var log = SampleLog.Of(30, spec: spec).Select(entry => entry.Record is SweepRecord.Suggested { Candidate: { } candidate, Trial.Number: 5 or 10 } suggested
            ? entry with { Record = suggested with { Candidate = candidate.With("weight-decay", suggested.Trial.Number * 1e-4) } }
            : entry);
        using var json = Draw(Chart("parallel"), SampleLog.View(log), ChartQuery.Default);
        Assert.DoesNotContain(Texts(json.RootElement), text => text == "weight-decay");
    }

    [Fact]
    public void Every_chart_has_its_own_name() => Assert.Equal(ChartCatalog.All.Count, ChartCatalog.All.Select(chart => chart.Name).Distinct().Count());

    internal static JsonDocument Draw(IChart chart, SweepView view, ChartQuery query) => JsonDocument.Parse(FigureJson.Write(chart.Draw(view, query)!));

    private static IChart Chart(string name) => ChartCatalog.Find(name)!;

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };
}
