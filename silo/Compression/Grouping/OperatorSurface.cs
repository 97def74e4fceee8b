using System.Collections.Immutable;
using Distributed.Compression.Graph;

namespace Distributed.Compression.Grouping;

/// <summary>One kind of operator whose time depends on its widths alone: enough to rebuild it in isolation at any input and output width.</summary>
/// <remarks>Two operators with the same <see cref="Key"/> share one surface. Widths are channels on the axis <see cref="ChannelAxis"/>.</remarks>
internal sealed record OperatorSurface
{
    /// <summary>Names the kind, such as "Conv 3×3 s1 p1 @32×32 +Relu".</summary>
    public required string Key { get; init; }

    /// <summary>The ONNX operator.</summary>
    public required string Operator { get; init; }

    /// <summary>How the channels are divided.</summary>
    public required ChannelGrouping Grouping { get; init; }

    /// <summary>Input and output channels of each group, where whole groups go.</summary>
    public (int Input, int Output) GroupSize { get; init; } = (1, 1);

    /// <summary>What it computes in; part of the key, so that each precision is timed apart.</summary>
    public string Precision { get; init; } = Sweeps.Precisions.Float32;

    /// <summary>Groups of a grouped operator; 1 when dense; the width itself, whatever it is, when depthwise.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>The node's attributes (strides, pads, dilations, axis…); "group" is to be set from the widths.</summary>
    public required Attributes Attributes { get; init; }

    /// <summary>Spatial extents of the kernel; empty where there is none.</summary>
    public required ImmutableArray<int> Kernel { get; init; }

    /// <summary>The shape of the first input for one image; the place of the channels holds −1.</summary>
    public required ImmutableArray<int> InputShape { get; init; }

    /// <summary>The axis of the first input that holds the channels.</summary>
    public required int ChannelAxis { get; init; }

    /// <summary>Whether it adds a bias (its own, or that of a BatchNormalization that is folded into it).</summary>
    public bool Bias { get; init; }

    /// <summary>Operators that the runtime fuses into it, in order: "Add" (a residual of the output's shape), "Relu", "Clip"…</summary>
    public ImmutableArray<string> Followers { get; init; } = [];

    /// <summary>Whether output channels are the input's: pools and elementwise operators, whose surface has one width.</summary>
    public bool KeepsChannels { get; init; }
}

/// <summary>How an operator's channels are divided.</summary>
internal enum ChannelGrouping
{
    /// <summary>Every output channel reads every input channel.</summary>
    Dense,

    /// <summary>Every output channel reads one input channel.</summary>
    Depthwise,

    /// <summary>Groups of a fixed size, of which the width says how many there are.</summary>
    WholeGroups,

    /// <summary>A fixed number of groups, each dense.</summary>
    Grouped,
}

/// <summary>A surface to be timed, and how far.</summary>
/// <param name="Surface">The kind.</param>
/// <param name="MaxInput">The largest input width (per group) that the dense model asks of it.</param>
/// <param name="MaxOutput">The largest output width.</param>
internal sealed record SurfaceRequest(OperatorSurface Surface, int MaxInput, int MaxOutput);
