using System.Collections.Immutable;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;
using Google.Protobuf;

namespace Distributed.Compression.Graph;

/// <summary>Reads ONNX files. Whatever the bytes are, the answer is a network or an <see cref="InvalidInputException"/> that names the place.</summary>
/// <remarks>
/// The network computes in float: half, bfloat16 and double, in weights as in inputs, become float. Constant nodes become initializers.
/// Nodes get unique names and topological order. Operators are not judged here: see <see cref="ShapeInference"/>.
/// </remarks>
internal static class OnnxReader
{
    private const int OldestOpset = 6;
    private const int NewestOpset = 24;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidInputException">The file is missing, unreadable, damaged or no ONNX model that we can represent.</exception>
    public static Network Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Parse(stream, path, new(Path.GetDirectoryName(Path.GetFullPath(path))));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InvalidInputException(path, "the model file cannot be read", "Give the path of a readable ONNX file of at most 2 GB.", error);
        }
    }

    /// <summary>Reads a stream to its end. Weights in other files cannot be read.</summary>
    /// <param name="stream">The model's bytes.</param>
    /// <param name="place">What errors call it: a path, or an artifact's name.</param>
    public static Network Read(Stream stream, string place)
    {
        if (stream.CanSeek) return Parse(stream, place, new(null));
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        buffer.Position = 0;
        return Parse(buffer, place, new(null));
    }

    private static Network Parse(Stream stream, string place, ExternalWeights external)
    {
        OnnxFileScan.Check(stream, place);
        ModelProto model;
        try
        {
            model = ModelProto.Parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new InvalidInputException(place, "this is no ONNX model, or the file is cut off", "Copy or export the model again.", error);
        }

        if (model.Graph is null || model.Graph.Node.Count == 0 || model.OpsetImport.Count == 0)
            throw new InvalidInputException(place, "this is no ONNX model: it has no graph, no nodes or no operator set", "Give a file that an ONNX exporter wrote.");
        return Build(model.Graph, Opset(model, place), place, external);
    }

    private static int Opset(ModelProto model, string place)
    {
        long opset = model.OpsetImport.FirstOrDefault(set => IsDefault(set.Domain))?.Version ?? 0;
        return opset is >= OldestOpset and <= NewestOpset
            ? (int)opset
            : throw new InvalidInputException(
                place,
                Invariant($"the model uses version {opset} of the ONNX operators; versions {OldestOpset} to {NewestOpset} can be read"),
                "Export it with opset 17.");
    }

    private static Network Build(GraphProto graph, int opset, string place, ExternalWeights external)
    {
        if (graph.SparseInitializer.Count > 0)
            throw new InvalidInputException(place, "the model holds sparse weights", "Export it with dense weights.");
        var initializers = ImmutableDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        foreach (var proto in graph.Initializer)
        {
            if (proto.Name.Length == 0 || initializers.ContainsKey(proto.Name))
                throw new InvalidInputException(place, $"the initializer name '{proto.Name}' is empty or given twice", "Export the model again.");
            initializers.Add(proto.Name, OnnxTensorReader.Read(proto, $"{place}, tensor '{proto.Name}'", external));
        }

        var nodes = OnnxNodeReader.Read(graph.Node, initializers, place);
        var inputs = graph.Input.Where(input => !initializers.ContainsKey(input.Name)).Select(input => Value(input, place, shapeNeeded: true)).ToImmutableArray();
        var outputs = graph.Output.Select(output => Value(output, place, shapeNeeded: false)).ToImmutableArray();
        if (outputs.IsEmpty) throw new InvalidInputException(place, "the model has no output", "Export it again.");
        return new()
        {
            Name = graph.Name.Length > 0 ? graph.Name : "network",
            Opset = opset,
            Inputs = inputs,
            Outputs = outputs,
            Nodes = TopologicalOrder.Sort(nodes, inputs, outputs, initializers.Keys, place),
            Initializers = initializers.ToImmutable(),
        };
    }

    private static ValueInfo Value(ValueInfoProto proto, string place, bool shapeNeeded)
    {
        string where = $"{place}, value '{proto.Name}'";
        if (proto.Name.Length == 0) throw new InvalidInputException(place, "an input or output has no name", "Export the model again.");
        if (proto.Type?.TensorType is not { } tensor)
        {
            if (!shapeNeeded) return new(proto.Name, ElementType.Float, []);
            throw new InvalidInputException(where, "the input is no tensor", "Export a classifier that takes one tensor.");
        }

        if (tensor.Shape is null && shapeNeeded)
            throw new InvalidInputException(where, "the input has no shape", "Export the model with the shape of its input.");
        if (OnnxTypes.From(tensor.ElemType) is not { } type)
            throw new InvalidInputException(where, Invariant($"the element type {tensor.ElemType} is not supported"), "Export a classifier that takes and gives floats.");
        return new(proto.Name, OnnxTypes.Widen(type), [.. tensor.Shape?.Dim.Take(16).Select(dimension => Dimension(dimension, where)) ?? []]);
    }

    /// <summary>The size, or −1 where it is named or left open.</summary>
    private static int Dimension(TensorShapeProto.Types.Dimension dimension, string where) => dimension.DimValue switch
    {
        0 or -1 => -1,
        > 0 and <= int.MaxValue and var size => (int)size,
        var size => throw new InvalidInputException(where, Invariant($"a dimension of {size} is impossible"), "Export the model again."),
    };

    /// <summary>Whether a domain is ONNX's own.</summary>
    internal static bool IsDefault(string domain) => domain is "" or "ai.onnx";
}
