using System.Collections.Immutable;
using Distributed.Compression.Graph;
using Distributed.Compression.Grouping;
using Distributed.Compression.Measuring;
using Distributed.Compression.Quantization;
using Distributed.Compression.Tests.Data;
using Distributed.Compression.Tests.Grouping;
using Distributed.Sweeps;

namespace Distributed.Compression.Tests.Measuring;

public sealed class SurfaceTimerTests : IDisposable
{
    private static readonly LatencySpec Spec = new() { Warmup = 2 };
    private static readonly HostClass Here = new("a host of the tests");
    private readonly DatasetFixture _made = new();

    public void Dispose() => _made.Dispose();

    private static OperatorSurface Surface(string kind) => kind switch
    {
        "conv" => Conv(ChannelGrouping.Dense, 1),
        "grouped" => Conv(ChannelGrouping.Grouped, 2),
        "depthwise" => Conv(ChannelGrouping.Depthwise, 1),
        "pool" => Plain("MaxPool", [1, -1, 8, 8], 1) with { KeepsChannels = true, Attributes = Attributes.Empty.With("kernel_shape", new long[] { 2, 2 }) },
        "gemm" => Plain("Gemm", [1, -1], 1) with { Bias = true, Attributes = Attributes.Empty.With("transB", 1L) },
        "whole" => Conv(ChannelGrouping.WholeGroups, 1) with { GroupSize = (3, 2) },
        "norm" => Plain("LayerNormalization", [1, 5, -1], 2) with { KeepsChannels = true, Attributes = Attributes.Empty.With("axis", -1L) },
        "softmax" => Plain("Softmax", [1, -1, 5, 5], 1) with { KeepsChannels = true, Attributes = Attributes.Empty.With("axis", -1L) },
        _ => Plain("MatMul", [1, 5, -1], 2),
    };

    private static OperatorSurface Conv(ChannelGrouping grouping, int groups) => Plain("Conv", [1, -1, 8, 8], 1) with
    {
        Grouping = grouping,
        Groups = groups,
        Kernel = [3, 3],
        Attributes = Attributes.Empty.With("pads", new long[] { 1, 1, 1, 1 }).With("group", 7L),
        Bias = true,
        Followers = ["Add", "Relu"],
    };

    private static OperatorSurface Plain(string operation, ImmutableArray<int> shape, int axis) => new()
    {
        Key = operation,
        Operator = operation,
        Grouping = ChannelGrouping.Dense,
        Attributes = Attributes.Empty,
        Kernel = [],
        InputShape = shape,
        ChannelAxis = axis,
    };

    [Fact]
    public void Of_several_who_time_the_same_all_get_what_the_first_one_kept()
    {
        LatencySurface[] kept = new LatencySurface[8];
        Parallel.For(0, kept.Length, i =>
        {
            SurfaceStore store = new(_made.Folder, Here);
            store.Add(new(Invariant($"own {i}"), [1], [2], [1.0 + i]), Spec);
            kept[i] = store.Add(new("shared", [1], [2], [10.0 + i]), Spec);
        });

        SurfaceStore read = new(_made.Folder, Here);
        Assert.All(kept, surface => Assert.Equal(read.Find("shared", [1], [2], Spec)!.Microseconds, surface.Microseconds));
        Assert.All(Enumerable.Range(0, kept.Length), i => Assert.NotNull(read.Find(Invariant($"own {i}"), [1], [2], Spec)));
    }

    private SurfaceTimer Timer() => new(new(_made.Folder, Here), Spec);

    [Theory]
    [InlineData("conv", 4)]
    [InlineData("grouped", 4)]
    [InlineData("depthwise", 1)]
    [InlineData("pool", 1)]
    [InlineData("gemm", 4)]
    [InlineData("matmul", 4)]
    [InlineData("whole", 1)]
    [InlineData("norm", 1)]
    [InlineData("softmax", 1)]
    public void Every_kind_is_timed_at_every_pair_of_widths(string kind, int rows)
    {
        var surface = Assert.Single(Timer().Time([new(Surface(kind), 16, 8)], cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(rows, surface.Inputs.Count);
        Assert.Equal([2, 4, 6, 8], surface.Outputs);
        Assert.Equal(rows * 4, surface.Microseconds.Count);
        Assert.All(surface.Microseconds, time => Assert.True(time > 0 && double.IsFinite(time)));
    }

    /// <summary>Only widths that the groups divide exist; the widths of each group are timed.</summary>
    [Theory]
    [InlineData(32, 128, new[] { 32, 64, 96, 128 })]
    [InlineData(3, 48, new[] { 12, 24, 36, 48 })]
    [InlineData(10, 80, new[] { 20, 40, 60, 80 })]
    public void Grouped_convolutions_are_timed_at_whole_multiples_of_their_groups(int groups, int channels, int[] widths)
    {
        foreach (string precision in (string[])[Precisions.Float32, Precisions.Int8])
        {
            var asked = Conv(ChannelGrouping.Grouped, groups) with { Precision = precision };
            var surface = Assert.Single(Timer().Time([new(asked with { Key = precision }, channels / groups, channels)], cancellation: TestContext.Current.CancellationToken));
            Assert.Equal(widths, surface.Outputs);
            Assert.Equal(widths.Select(width => width / groups), surface.Inputs);
            Assert.All(surface.Microseconds, time => Assert.True(time > 0 && double.IsFinite(time)));
        }
    }

    /// <summary>The first axis is the batch only where its size for one image is 1: tokens [T, N, E], windows of an image, tokens in rows.</summary>
    [Theory]
    [InlineData("MatMul", new[] { 7, 1, -1 }, 2)]
    [InlineData("MatMul", new[] { 7, -1 }, 1)]
    [InlineData("LayerNormalization", new[] { 4, 9, -1 }, 2)]
    [InlineData("Softmax", new[] { 4, -1, 9, 9 }, 1)]
    [InlineData("Gemm", new[] { 7, -1 }, 1)]
    [InlineData("Conv", new[] { 4, -1, 8, 8 }, 1)]
    public void All_rows_are_timed_where_the_first_axis_is_not_the_batch(string operation, int[] shape, int axis)
    {
        var surface = operation == "Conv" ? Conv(ChannelGrouping.Dense, 1) with { InputShape = [.. shape] } : Plain(operation, [.. shape], axis);
        surface = surface with { KeepsChannels = operation is "LayerNormalization" or "Softmax" };
        var network = new SurfaceModel(surface).Build([6], [6]);
        foreach (int batch in (int[])[1, 3])
        {
            var shapes = ShapeInference.Infer(network, batch);
            int[] rows = [batch * shape[0], .. shape.Skip(1).Select(size => size < 0 ? 6 : size)];
            var timed = network.Nodes.Single(node => node.Operator == operation && node.Name.StartsWith("op_", StringComparison.Ordinal));
            Assert.Equal(rows, shapes[timed.Inputs[0]]);
        }

        foreach (string precision in operation is "LayerNormalization" or "Softmax" ? (string[])[Precisions.Float32] : [Precisions.Float32, Precisions.Int8])
        {
            var asked = surface with { Precision = precision, Key = precision };
            if (precision == Precisions.Int8) Assert.DoesNotContain(operation, RunningKernels.Count(OnnxWriter.ToBytes(Quantizer.Uncalibrated(network))).Keys);
            var times = Assert.Single(new SurfaceTimer(new(_made.Folder, Here), Spec with { BatchSize = 2 }).Time([new(asked, 6, 6)], cancellation: TestContext.Current.CancellationToken));
            Assert.All(times.Microseconds, time => Assert.True(time > 0 && double.IsFinite(time)));
        }
    }

    [Fact]
    public void A_network_with_32_groups_and_tokens_before_the_batch_is_timed_up_to_its_dense_widths()
    {
        var network = HandBuilt.Of("mixed", net =>
        {
            string image = net.Relu("act", net.Conv("grouped", HandBuilt.Stem(net, 128), 128, kernel: 3, pad: 1, group: 32));
            string tokens = net.Add("Transpose", "first", [Attention.Tokens(net, "tokens", image)], ("perm", new long[] { 1, 0, 2 }));
            string changed = Attention.Linear(net, "second", net.Relu("between", Attention.Linear(net, "linear", Attention.Normalized(net, "norm", tokens), 48)), 128);
            return net.PooledHead(Attention.Image(net, "back", net.Add("Transpose", "last", [changed], ("perm", new long[] { 1, 0, 2 })), 6), 5);
        });
        var requests = GroupingUnion.Of(network).Surfaces(network);
        Assert.Contains(requests, request => request.Surface is { Operator: "MatMul", InputShape: [36, 1, -1] });
        Assert.Contains(requests, request => request.Surface is { Operator: "LayerNormalization", InputShape: [36, 1, -1] });
        Assert.Contains(requests, request => request.Surface is { Grouping: ChannelGrouping.Grouped, Groups: 32 });
        var surfaces = Timer().Time(requests, cancellation: TestContext.Current.CancellationToken).ToDictionary(surface => surface.Key);
        Assert.All(requests.Where(request => SurfaceModel.CanBuild(request.Surface)), request => Assert.True(surfaces[request.Surface.Key].Outputs[^1] >= request.MaxOutput));
    }

    /// <summary>In the runtime an int8 operator is another one: with its own name its time would be missing, and all be the least there is.</summary>
    [Theory]
    [InlineData("conv", 4)]
    [InlineData("depthwise", 1)]
    [InlineData("add", 1)]
    [InlineData("gemm", 4)]
    [InlineData("matmul", 4)]
    public void Every_kind_is_timed_in_integers(string kind, int rows)
    {
        var asked = (kind == "add" ? Plain("Add", [1, -1, 64, 64], 1) with { KeepsChannels = true } : Surface(kind)) with { Precision = Precisions.Int8 };
        var network = new SurfaceModel(asked).Build([16], [16]);
        Assert.DoesNotContain(asked.Operator, RunningKernels.Count(OnnxWriter.ToBytes(Quantizer.Uncalibrated(network))).Keys);
        var surface = Assert.Single(Timer().Time([new(asked, 16, 8)], cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(rows * 4, surface.Microseconds.Count);
        if (kind is "conv" or "add") Assert.All(surface.Microseconds, time => Assert.True(time > 0.5));
    }

    [Fact]
    public void An_addition_in_floats_is_part_of_another_operator() =>
        Assert.False(SurfaceModel.CanBuild(Plain("Add", [1, -1, 8, 8], 1) with { KeepsChannels = true }));

    /// <summary>What is added comes from elsewhere, so that the runtime has to join two values as it does at the end of a residual block.</summary>
    [Fact]
    public void A_convolution_that_is_followed_by_an_addition_is_timed_with_it()
    {
        var asked = Surface("conv");
        Node[] sums = Additions(asked);
        Assert.Equal(4, sums.Length);
        Assert.All(sums, sum => Assert.Equal(2, sum.Inputs.Distinct(StringComparer.Ordinal).Count()));
        Assert.All(sums, sum => Assert.Matches("^op_[0-9]+_[0-9]+_add$", sum.Name));
        Assert.Empty(Additions(asked with { Followers = ["Relu"] }));
        Assert.Empty(Additions(asked with { Precision = Precisions.Int8 }));
        Assert.Empty(Additions(asked with { Attributes = asked.Attributes.With("strides", new long[] { 2, 2 }) }));
        static Node[] Additions(OperatorSurface surface) => [.. new SurfaceModel(surface).Build([3, 8], [8, 16]).Nodes.Where(node => node.Operator == "Add")];
    }

    [Fact]
    public void The_second_sweep_predicts_by_the_same_numbers_without_timing()
    {
        SurfaceRequest[] requests = [new(Surface("conv"), 8, 8), new(Surface("conv"), 4, 4), new(Surface("gemm"), 8, 8)];
        var steps = new List<(int, int)>();
        var first = Timer().Time(requests, (done, all) => steps.Add((done, all)), TestContext.Current.CancellationToken);
        Assert.Equal([(1, 2), (2, 2)], steps);
        var second = Timer().Time(requests, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(SweepJson.Write(first), SweepJson.Write(second));
    }

    [Fact]
    public void A_damaged_store_is_timed_anew_and_other_settings_are_kept_apart()
    {
        var store = new SurfaceStore(_made.Folder, Here);
        var surface = new LatencySurface("k", [1], [2, 4], [1.5, 2.5]);
        store.Add(surface, Spec);
        Assert.Equal(SweepJson.Write(surface), SweepJson.Write(store.Find("k", [1], [2, 4], Spec)));
        Assert.Null(store.Find("k", [1], [4], Spec));
        Assert.Null(store.Find("k", [1], [2, 4], Spec with { Threads = 2 }));
        Assert.Null(store.Find("k", [1], [2, 4], Spec with { BatchSize = 8 }));
        Assert.Null(new SurfaceStore(_made.Folder, new("another host")).Find("k", [1], [2, 4], Spec));
        string file = Assert.Single(Directory.GetFiles(_made.Folder, "*.json"));
        foreach (string broken in new[] { "", "{", "null", "{}", File.ReadAllText(file).Replace("1.5,", "", StringComparison.Ordinal) })
        {
            File.WriteAllText(file, broken);
            Assert.Null(store.Find("k", [1], [2, 4], Spec));
        }

        store.Add(surface, Spec);
        Assert.NotNull(store.Find("k", [1], [2, 4], Spec));
    }

    [Fact]
    public void The_first_calibration_stays_and_is_measured_once()
    {
        var store = new SurfaceStore(_made.Folder, Here);
        Assert.Equal(0.5, store.Calibration("a", Spec, () => 0.5));
        Assert.Equal(0.5, new SurfaceStore(_made.Folder, Here).Calibration("a", Spec, () => throw new InvalidOperationException("measured again")));
        Assert.Equal(0.3, store.Calibration("b", Spec, () => 0.3));
    }

    [Fact]
    public void The_first_anchor_stays()
    {
        var store = new SurfaceStore(_made.Folder, Here);
        Assert.Equal(0.5, store.Anchor(Spec, 0.5));
        Assert.Equal(0.5, new SurfaceStore(_made.Folder, Here).Anchor(Spec, 0.7));
        Assert.Equal(0.7, store.Anchor(Spec with { Threads = 2 }, 0.7));
    }

    [Fact]
    public void Timing_is_taken_off_and_a_change_of_layout_is_added_to_the_width_that_forces_it()
    {
        NodeTime[] times =
        [
            new("feed_3", "Conv", "1,4,8,8", 9), new("op_3_8", "Conv", "1,3,8,8", 12), new("op_3_8_act", "Relu", "1,8,8,8", 3), new("op_3_16_nchwc", "Conv", "1,3,8,8", 20),
            new("end_op_3_8", "Conv", "1,8,8,8", 7), new("ReorderOutput", "ReorderOutput", "1,8,8,8", 5), new("free_op_3_8", "Flatten", "1,16,1,1", 2),
        ];
        Assert.Equal([10 + 1 + 3, 18], SurfaceTimer.Points(times, [3], [8, 16]));
    }

    [Fact]
    public void Operators_that_cannot_be_rebuilt_are_left_out() =>
        Assert.Empty(Timer().Time([new(Plain("Softmax", [1, -1], 1), 8, 8)], cancellation: TestContext.Current.CancellationToken));
}
