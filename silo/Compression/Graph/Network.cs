using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>An ONNX graph in memory: immutable, so that a plan or a pass gives a new network and the old one stays what it was.</summary>
/// <remarks>Nodes stand in topological order; every value has one producer: a graph input, an initializer or a node.</remarks>
internal sealed record Network
{
    /// <summary>The graph's name.</summary>
    public string Name { get; init; } = "network";

    /// <summary>Version of the default operator set, 6 to 24.</summary>
    public required int Opset { get; init; }

    /// <summary>What is fed; initializers are not among them.</summary>
    public required ImmutableArray<ValueInfo> Inputs { get; init; }

    /// <summary>What is read.</summary>
    public required ImmutableArray<ValueInfo> Outputs { get; init; }

    /// <summary>The operators, each after those that it reads from.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>Weights and constants by name.</summary>
    public required ImmutableDictionary<string, Tensor> Initializers { get; init; }

    /// <summary>The weights under a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such initializer, or it holds whole numbers.</exception>
    public FloatTensor Floats(string name) => Initializers[name] as FloatTensor
        ?? throw new KeyNotFoundException($"The initializer '{name}' does not hold floats.");
}

/// <summary>The type and shape of a graph input or output.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Type">Its elements.</param>
/// <param name="Shape">Its dimensions; −1 for the batch and whatever else is open.</param>
internal sealed record ValueInfo(string Name, ElementType Type, ImmutableArray<int> Shape);

/// <summary>One operator.</summary>
internal sealed record Node
{
    /// <summary>Unique in the network, never empty.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX operator, such as "Conv".</summary>
    public required string Operator { get; init; }

    /// <summary>Names of the values read; "" where an optional input is left out.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>Names of the values written; "" where an optional output is left out.</summary>
    public required ImmutableArray<string> Outputs { get; init; }

    /// <summary>Attributes by name; those left out have ONNX's default.</summary>
    public Attributes Attributes { get; init; } = Attributes.Empty;

    /// <summary>The value read at a place, or null where it is left out.</summary>
    public string? Input(int index) => index < Inputs.Length && Inputs[index].Length > 0 ? Inputs[index] : null;

    /// <summary>The first value written.</summary>
    public string Output => Outputs[0];
}
