using Distributed.Dashboard.Tests.Samples;

namespace Distributed.Dashboard.Tests.Clusters;

public sealed class ClusterFigureTests
{
    [Fact]
    public void A_day_of_samples_is_one_line()
    {
        SampleHistory history = new();
        for (int i = 0; i < 24 * 1800; i++) history.Add(At(2 * i));
        var samples = history.Snapshot();
        Assert.True(samples[1].Time - samples[0].Time > TimeSpan.FromMinutes(1));
        Assert.Equal(0, Breaks(samples));
    }

    [Fact]
    public void A_line_is_broken_where_nobody_looked()
    {
        Assert.Equal(0, Breaks([.. Enumerable.Range(0, 40).Select(i => At(2 * i))]));
        Assert.Equal(1, Breaks([.. Enumerable.Range(0, 40).Select(i => At((2 * i) + (i < 20 ? 0 : 90)))]));
    }

    private static int Breaks(IReadOnlyList<ClusterSample> samples)
    {
        using var json = System.Text.Json.JsonDocument.Parse(FigureJson.Write(ClusterFigureEndpoint.Throughput(samples)));
        var values = json.RootElement.GetProperty("data")[0].GetProperty("y").EnumerateArray().ToList();
        return values.Count - samples.Count;
    }

    private static ClusterSample At(int seconds) => new(SampleLog.Start.AddSeconds(seconds), 4, 3, 100);
}
