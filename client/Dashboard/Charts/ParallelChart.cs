using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ParCoordsLib;

namespace Distributed.Dashboard;

/// <summary>Each trial as a line through its parameters and values.</summary>
internal sealed class ParallelChart : IChart
{
    private const int MostParameters = 10;

    public string Name => "parallel";

    public string Title => "Parallel coordinates";

    public string Caption => "One line for each measured trial, coloured by the first objective. Drag along an axis to pick lines out; drag its name to move it.";

    public ChartSize Size => ChartSize.Whole;

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        if (view.Spec is not { } spec) return null;
        List<TrialState> trials = [.. view.Trials.Where(trial => trial is { Candidate: not null, Measurement: not null })];
        var columns = SpaceColumn.Of(view, trials).Take(MostParameters).ToList();
        if (trials.Count < 3 || columns.Count == 0) return null;
        var first = spec.Objectives[0].Metric;
        return new(
            [
                new ParCoords
                {
                    Dimensions = [.. columns.Select(column => Dimension(column, trials)), .. spec.Objectives.Select(objective => Dimension(objective.Metric, trials))],
                    Line = new()
                    {
                        ColorArray = [.. trials.Select(trial => (object)trial.Measurement!.Of(first))],
                        ColorScale = Gradient.OfLines(spec.Objectives[0].Direction),
                        ShowScale = false,
                    },
                    LabelAngle = -10,
                    LabelSide = LabelSideEnum.Top,
                },
            ],
            new() { Margin = new() { L = 60, R = 70, T = 64, B = 24 } });
    }

    private static Dimension Dimension(SpaceColumn column, IReadOnlyList<TrialState> trials) => new()
    {
        Label = PlotText.Escape(Short(column.Name)),
        Values = [.. trials.Select(trial => (object)column.Of(trial.Candidate!))],
        TickVals = column.Levels is { } levels ? [.. Enumerable.Range(0, levels.Count).Select(i => (object)i)] : column.IsLog ? [.. LogTicks(column, trials).Select(tick => (object)Math.Log10(tick))] : null,
        TickText = column.Levels is { } names ? [.. names.Select(name => (object)PlotText.Escape(name))] : column.IsLog ? [.. LogTicks(column, trials).Select(tick => (object)Invariant($"{tick:G3}"))] : null,
    };

    private static Dimension Dimension(Metric metric, IReadOnlyList<TrialState> trials) => new()
    {
        Label = Quantity.Name(metric),
        TickFormat = Axes.Format(metric),
        Values = [.. trials.Select(trial => (object)trial.Measurement!.Of(metric))],
    };

    /// <summary>A family's name ends with what tells it from others.</summary>
    private static string Short(string name)
    {
        const int Longest = 18;
        string own = name.Split('/')[^1];
        return own.Length > Longest ? "…" + own[^(Longest - 1)..] : own;
    }

    private static double[] LogTicks(SpaceColumn column, IReadOnlyList<TrialState> trials)
    {
        var values = trials.Select(trial => column.Of(trial.Candidate!)).Where(double.IsFinite).ToList();
        double low = values.Min(), high = values.Max();
        return [.. Enumerable.Range(0, 5).Select(i => Math.Pow(10, low + ((high - low) * i / 4)))];
    }
}
