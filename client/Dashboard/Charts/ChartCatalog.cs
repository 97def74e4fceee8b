namespace Distributed.Dashboard;

/// <summary>Every chart of a sweep's page, in the order in which they stand there.</summary>
public static class ChartCatalog
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<IChart> All { get; } =
    [
        new FrontChart(),
        new HypervolumeChart(),
        new TimelineChart(),
        new ObjectivesChart(),
        new PredictedChart(),
        new EndingsChart(),
        new ParallelChart(),
        new SliceChart(),
        new ContourChart(),
    ];

    /// <summary>Those of one trial's page: their address names the trial.</summary>
    public static IReadOnlyList<IChart> OfTrials { get; } = [new LearningChart()];

    /// <summary>The chart of a name, or null.</summary>
    public static IChart? Find(string name) => All.Concat(OfTrials).FirstOrDefault(chart => chart.Name == name);
}
