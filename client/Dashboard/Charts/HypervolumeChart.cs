namespace Distributed.Dashboard;

/// <summary>How the hypervolume of the front grew.</summary>
internal sealed class HypervolumeChart : IChart
{
    public string Name => "hypervolume";

    public string Title => "Hypervolume";

    public string Caption => "What the front covers, trial by trial. A flat end means that more trials hardly help.";

    public ChartSize Size => ChartSize.Third;

    public Figure? Draw(SweepView view, ChartQuery query)
    {
        var closed = view.Closed.Where(trial => !trial.Trial.IsDense).ToList();
        if (closed.Count < 2) return null;
        // The front is recorded after the trial that changed it, so a trial's own step stands with the next.
        var values = closed.Skip(1).Select(trial => trial.Hypervolume).Append(view.Hypervolume);
        return new(
            [Marks.Line("hypervolume", "var(--front)", Enumerable.Range(1, closed.Count).Select(n => (object)n), values.Select(value => (object)value), steps: true, "%{y:.4f} after %{x} trials<extra></extra>")],
            Axes.Of("Closed trials", "Hypervolume"));
    }
}
