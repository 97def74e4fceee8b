namespace Distributed.Sweeps;

/// <summary>What the import found in an ONNX file: layers with their costs, what can be pruned, and what is pinned and why.</summary>
public sealed record ModelInspection
{
    /// <summary>The file as it was named.</summary>
    public required string File { get; init; }

    /// <summary>The ONNX operator set of the default domain.</summary>
    public required int Opset { get; init; }

    /// <summary>The graph's input.</summary>
    public required TensorDescription Input { get; init; }

    /// <summary>The graph's output.</summary>
    public required TensorDescription Output { get; init; }

    /// <summary>Every node after normalisation, in execution order.</summary>
    public required IReadOnlyList<InspectedLayer> Layers { get; init; }

    /// <summary>The prunable families, in the order of their first layer.</summary>
    public required IReadOnlyList<InspectedFamily> Families { get; init; }

    /// <summary>The residual branches that can be left out whole (the parameter "depth-ratio"), in the order in which they are added.</summary>
    public IReadOnlyList<InspectedBranch> Branches { get; init; } = [];

    /// <summary>Multiply-accumulates for one input.</summary>
    public required long Macs { get; init; }

    /// <summary>Trainable parameters and BatchNormalization statistics.</summary>
    public required long Parameters { get; init; }

    /// <summary>Size of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>The block of channels in which this host's runtime works, timed on the model's heaviest convolution; null where it has none.</summary>
    public int? Quantum { get; init; }
}

/// <summary>A tensor's name and shape.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Shape">"N×3×32×32": the batch and other symbolic extents by name.</param>
public sealed record TensorDescription(string Name, string Shape);

/// <summary>One node of the graph.</summary>
public sealed record InspectedLayer
{
    /// <summary>The node's name.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX operator.</summary>
    public required string Operator { get; init; }

    /// <summary>The shape of its first output, "N×16×32×32".</summary>
    public required string Shape { get; init; }

    /// <summary>Multiply-accumulates for one input.</summary>
    public long Macs { get; init; }

    /// <summary>Parameters of its own.</summary>
    public long Parameters { get; init; }

    /// <summary>The family of its output channels; null when they cannot be pruned or it makes none.</summary>
    public string? Family { get; init; }

    /// <summary>Why its output channels cannot be pruned; null when they can, or when there is nothing to say.</summary>
    public string? Pinned { get; init; }
}

/// <summary>Channels that live or die together.</summary>
/// <param name="Name">The name of the family's first layer.</param>
/// <param name="Width">Removable units.</param>
/// <param name="Members">The layers whose channels belong to it.</param>
/// <param name="Closure">The closure under which it is pruned, where the model leaves a choice (<see cref="Closures"/>); null for both.</param>
public sealed record InspectedFamily(string Name, int Width, IReadOnlyList<string> Members, string? Closure = null);

/// <summary>A residual branch that can be left out whole.</summary>
/// <param name="Name">The node that adds it to its shortcut.</param>
/// <param name="Shortcut">The value that takes the sum's place.</param>
/// <param name="Nodes">How many nodes go with it.</param>
/// <param name="Macs">Their multiply-accumulates for one input.</param>
/// <param name="Parameters">Their parameters.</param>
public sealed record InspectedBranch(string Name, string Shortcut, int Nodes, long Macs, long Parameters);
