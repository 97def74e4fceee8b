using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Measuring;
using Distributed.Compression.Pruning;
using Distributed.Compression.Quantization;
using Distributed.Compression.Trials;
using Distributed.Sweeps;

namespace Distributed.Benchmarks;

/// <summary>A zoo network with random weights, its sliced versions and their measured latency.</summary>
internal sealed class MeasuredModel
{
    private readonly Network _network;
    private readonly ModelGrouping _grouping;
    private readonly byte[] _dense;
    private readonly LatencyMeter _meter = new();
    private readonly LatencySpec _spec = new();

    public MeasuredModel(string zoo, ulong seed)
    {
        _network = Zoo.Build(zoo, 3, 32, 32, 10, seed);
        _grouping = ChannelGroups.Of(_network);
        _dense = OnnxWriter.ToBytes(_network);
    }

    /// <summary>The widths of the families as they are.</summary>
    public int[] Widths => [.. _grouping.Families.Select(family => family.Width)];

    /// <summary>What a sweep's baseline learns of the network, timed anew, under the closure that is the default.</summary>
    /// <param name="int8">Whether it predicts int8 files as well.</param>
    public ModelProfile Profile(bool int8 = false)
    {
        var cache = Directory.CreateTempSubdirectory("latency-");
        try
        {
            var timer = new SurfaceTimer(new(cache.FullName, HostClass.This), _spec);
            var profile = DenseProfile.Of(_network, _dense.Length, _meter.MeasureDense(_dense, _spec).MedianMs, requests => timer.Time(requests), narrow => _meter.Measure(OnnxWriter.ToBytes(narrow), _dense, _spec).Ratio);
            if (int8) profile = DenseProfile.WithInt8(profile, _network, requests => timer.Time(requests), file => _meter.Measure(file, _dense, _spec).Ratio, only: true);
            return Closures.Under(profile, profile.Closure);
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    /// <summary>The latency of the network with the first units of each family, in float32 or int8, beside the dense one in float32.</summary>
    public LatencyMeasurement Measure(int[] widths, bool int8 = false)
    {
        var sliced = Slicer.Apply(_network, _grouping, PruningPlan.First(_grouping, widths));
        return _meter.Measure(OnnxWriter.ToBytes(int8 ? Quantizer.Uncalibrated(sliced) : sliced), _dense, _spec);
    }

    /// <summary>A random width of a family: one worth having, or any down to the floor.</summary>
    public static int Draw(FamilyProfile family, bool any, SeededRandom random) => any
        ? random.Next(Math.Max(1, (int)Math.Ceiling(WidthsWorthHaving.Floor * family.Width)), family.Width + 1)
        : family.Widths[random.Next(family.Widths.Count)];
}
