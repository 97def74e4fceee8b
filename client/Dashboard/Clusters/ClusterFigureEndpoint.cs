using Microsoft.AspNetCore.Http;
using Plotly.Blazor.Traces;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace Distributed.Dashboard;

/// <summary>/cluster-figures/NAME: how busy the cluster was while somebody looked.</summary>
internal sealed class ClusterFigureEndpoint(ClusterDirectory cluster)
{
    /// <summary>Where nothing was seen for so long, the line is broken; of a long history, whose samples lie farther apart, for three times their usual distance.</summary>
    private static readonly TimeSpan LeastGap = TimeSpan.FromMinutes(1);

    /// <summary>Answers with "utilisation" or "throughput", 204 where nothing was seen yet, or 404.</summary>
    public IResult Get(string name, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var samples = cluster.Picture.Samples;
        if (name is not ("utilisation" or "throughput")) return Results.NotFound();
        if (samples.Count < 2) return Results.NoContent();
        return Results.Bytes(FigureJson.Write(name == "utilisation" ? Utilisation(samples) : Throughput(samples)), "application/json");
    }

    /// <summary>Busy slots under the slots that there were.</summary>
    public static Figure Utilisation(IReadOnlyList<ClusterSample> samples)
    {
        var layout = Axes.Of("", "Slots");
        (layout.YAxis[0].RangeMode, layout.YAxis[0].DTick) = (Plotly.Blazor.LayoutLib.YAxisLib.RangeModeEnum.ToZero, samples.Max(sample => sample.Slots) <= 8 ? 1 : null);
        return new([Line("slots", "var(--dominated)", samples, sample => sample.Slots, filled: false), Line("busy", "var(--running)", samples, sample => sample.Busy, filled: true)], layout);
    }

    /// <summary>Images that all trials together trained on in a second.</summary>
    public static Figure Throughput(IReadOnlyList<ClusterSample> samples)
    {
        var layout = Axes.Of("", "Images/s");
        layout.YAxis[0].RangeMode = Plotly.Blazor.LayoutLib.YAxisLib.RangeModeEnum.ToZero;
        var line = Line("images/s", "var(--front)", samples, sample => sample.ImagesPerSecond, filled: true);
        line.ShowLegend = false;
        return new([line], layout);
    }

    private static TimeSpan Gap(IReadOnlyList<ClusterSample> samples)
    {
        TimeSpan[] apart = [.. samples.Skip(1).Zip(samples, (later, earlier) => later.Time - earlier.Time).Order()];
        var usual = apart[apart.Length / 2] * 3;
        return usual > LeastGap ? usual : LeastGap;
    }

    private static Scatter Line(string label, string color, IReadOnlyList<ClusterSample> samples, Func<ClusterSample, double> value, bool filled)
    {
        List<object> x = [], y = [];
        var gap = Gap(samples);
        for (int i = 0; i < samples.Count; i++)
        {
            if (i > 0 && samples[i].Time - samples[i - 1].Time > gap) Put(samples[i - 1].Time.AddSeconds(1), double.NaN);
            Put(samples[i].Time, value(samples[i]));
        }

        return new()
        {
            Name = label,
            X = x,
            Y = y,
            Mode = Svg.ModeFlag.Lines,
            Line = new() { Color = color, Width = 2, Shape = Svg.LineLib.ShapeEnum.Hv },
            Fill = filled ? Svg.FillEnum.ToZeroY : Svg.FillEnum.None,
            FillColor = filled ? "var(--quiet-wash)" : null,
            HoverTemplate = $"%{{y:.0f}} {label}, %{{x|%H:%M:%S}} UTC<extra></extra>",
        };

        void Put(DateTimeOffset time, double number)
        {
            x.Add(Invariant($"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss}"));
            y.Add(number);
        }
    }
}
