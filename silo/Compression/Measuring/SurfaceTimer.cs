using System.Globalization;
using System.Text.RegularExpressions;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Quantization;
using Distributed.Sweeps;

namespace Distributed.Compression.Measuring;

/// <summary>Times operators over their widths, each kind once on a host class; the times are kept, so that the next sweep predicts by the same numbers.</summary>
/// <remarks>
/// An operator's time is that of its nodes, less what timing costs, plus the change of memory layout that it forces on its output. Between
/// surfaces an anchor model is timed, and each surface is scaled to the anchor's first time, which is kept with them. Operators that
/// cannot be rebuilt are left out: see <see cref="ProfileRemainder"/>.
/// </remarks>
/// <param name="store">The times kept so far.</param>
/// <param name="spec">Batch size and threads count.</param>
internal sealed partial class SurfaceTimer(SurfaceStore store, LatencySpec spec)
{
    /// <summary>What names a node that costs nothing but its timing.</summary>
    internal const string FreePrefix = "free_";

    private const double Least = 0.05;

    /// <summary>The surfaces of the requests that can be timed, one for each key, in the requests' order. Nothing else may compute on the host meanwhile.</summary>
    /// <param name="requests">What is asked; requests of one key are met together.</param>
    /// <param name="progress">Told the number of surfaces done and to do.</param>
    /// <param name="cancellation">What is timed by then is kept.</param>
    public IReadOnlyList<LatencySurface> Time(IEnumerable<SurfaceRequest> requests, Action<int, int>? progress = null, CancellationToken cancellation = default)
    {
        SurfaceRequest[] wanted = [.. requests
            .Where(request => SurfaceModel.CanBuild(request.Surface))
            .GroupBy(request => request.Surface.Key, StringComparer.Ordinal)
            .Select(same => new SurfaceRequest(same.First().Surface, same.Max(request => request.MaxInput), same.Max(request => request.MaxOutput)))];
        var surfaces = new List<LatencySurface>();
        foreach (var request in wanted)
        {
            cancellation.ThrowIfCancellationRequested();
            surfaces.Add(Known(request) ?? Timed(request, cancellation));
            progress?.Invoke(surfaces.Count, wanted.Length);
        }

        return surfaces;
    }

    private static IReadOnlyList<int> Inputs(SurfaceRequest request) => SurfaceModel.HasOneWidth(request.Surface) ? [1] : WidthGrid.Of(request.MaxInput);

    /// <summary>Where groups stay, each is timed at the widths of its own: no others exist.</summary>
    private static IReadOnlyList<int> Outputs(SurfaceRequest request) => request.Surface is { Grouping: ChannelGrouping.Grouped, Groups: var groups }
        ? [.. WidthGrid.Of(request.MaxOutput / groups).Select(width => width * groups)]
        : WidthGrid.Of(request.MaxOutput);

    private LatencySurface? Known(SurfaceRequest request) =>
        store.Find(request.Surface.Key, Inputs(request), Outputs(request), spec);

    private LatencySurface Timed(SurfaceRequest request, CancellationToken cancellation)
    {
        double anchor = Anchor(cancellation);
        IReadOnlyList<int> inputs = Inputs(request), outputs = Outputs(request);
        var network = new SurfaceModel(request.Surface).Build(inputs, outputs);
        var timed = request.Surface.Precision == Precisions.Int8 ? Quantizer.Uncalibrated(network) : network;
        var times = NodeTimes.Of(OnnxWriter.ToBytes(timed), spec, network.Nodes.Length, cancellation);
        double after = Anchor(cancellation);
        double scale = store.Anchor(spec, anchor) / Math.Sqrt(anchor * after);
        double[] points = Points(times, inputs, outputs);
        var surface = new LatencySurface(request.Surface.Key, inputs, outputs, [.. points.Select(point => Math.Round(Math.Max(Least, point) * scale, 3))]);
        return store.Add(surface, spec);
    }

    /// <summary>Microseconds of each pair of widths, inputs × outputs.</summary>
    internal static double[] Points(IReadOnlyList<NodeTime> times, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs)
    {
        double[] idle = [.. times.Where(time => time.Name.Contains(FreePrefix, StringComparison.Ordinal)).Select(time => time.Microseconds)];
        double free = idle.Length > 0 ? Order.Median(idle) : times.Min(time => time.Microseconds);
        double[] points = new double[inputs.Count * outputs.Count];
        foreach (var time in times)
        {
            if (OperatorName().Match(time.Name) is not { Success: true } match || time.Name.Contains("end_", StringComparison.Ordinal) || time.Name.Contains(FreePrefix, StringComparison.Ordinal)) continue;
            int row = inputs.IndexOf(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            int column = outputs.IndexOf(int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
            points[(row * outputs.Count) + column] += time.Microseconds - free;
        }

        for (int i = 0; i < points.Length; i++) points[i] += Reordering(times, outputs[i % outputs.Count], inputs.Count, free);
        return points;
    }

    /// <summary>
    /// The time to bring an output of a width into the plain layout: the runtime does so where a consumer cannot read blocks, which is
    /// when each row has such a node. Smaller or fewer ones belong to the feeds and the ends.
    /// </summary>
    private static double Reordering(IReadOnlyList<NodeTime> times, int width, int rows, double free)
    {
        double[] found = [.. times
            .Where(time => time.Operator == NodeTimes.ToPlainLayout && time.Shape.Split(',') is [_, var channels, ..] && channels == Invariant($"{width}"))
            .Select(time => time.Microseconds - free)];
        return found.Length >= rows ? Math.Max(0, Order.Median(found)) : 0;
    }

    private double Anchor(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var session = OrtModelSession.Open(AnchorModel.Value, spec);
        for (int i = 0; i < spec.Warmup; i++) session.Run();
        return Order.Median(Enumerable.Range(0, 41).Select(_ => session.Run()));
    }

    private static readonly Lazy<byte[]> AnchorModel = new(() => OnnxWriter.ToBytes(Zoo.Build("resnet-8", 3, 16, 16, 10, seed: 0)));

    [GeneratedRegex("op_([0-9]+)_([0-9]+)")]
    private static partial Regex OperatorName();
}

/// <summary>Positions in read-only lists.</summary>
internal static class WidthLists
{
    /// <summary>The place of a width, which is there.</summary>
    public static int IndexOf(this IReadOnlyList<int> widths, int width)
    {
        for (int i = 0; i < widths.Count; i++)
        {
            if (widths[i] == width) return i;
        }

        throw new ArgumentException($"The width {width} was not asked for.", nameof(width));
    }
}
