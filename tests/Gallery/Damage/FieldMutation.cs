using Distributed.Compression.Graph;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;
using Google.Protobuf;
using static Distributed.Compression.Graph.Onnx.AttributeProto.Types;

namespace Distributed.Gallery;

/// <summary>Changes one to three fields of a model: names, sizes, settings, kinds, order.</summary>
internal static class FieldMutation
{
    private static readonly long[] Numbers =
        [long.MinValue, -(1L << 40), int.MinValue, -2, -1, 0, 1, 2, 3, 7, 16, 255, 65536, 1 << 20, 1 << 28, int.MaxValue, 1L << 31, 1L << 40, long.MaxValue];

    private static readonly string[] Operators = [.. OperatorShapes.Rules.Keys.Order(StringComparer.Ordinal), "Constant", "If", "Loop", "Einsum", "", "Relu6"];

    private static readonly Action<ModelProto, SeededRandom>[] Changes =
    [
        Operator, Operator, Input, Input, Input, Output, AttributeNumber, AttributeNumber, AttributeKind, RemoveAttribute, RemoveInput, AddInput, Nest,
        Dimension, Dimension, Whole, Whole, Whole, Real, ElementKind, RawLength, External, ModelInput, ModelInput, ModelOutput, OperatorSet, Domain, Duplicate, Swap, Remove,
    ];

    /// <summary>The changed file.</summary>
    public static byte[] Of(byte[] file, SeededRandom random)
    {
        var model = ModelProto.Parser.ParseFrom(file);
        for (int changes = random.Next(1, 4); changes > 0; changes--) Changes[random.Next(Changes.Length)](model, random);
        return model.ToByteArray();
    }

    private static T Any<T>(IList<T> items, SeededRandom random) => items[random.Next(items.Count)];

    private static NodeProto Node(ModelProto model, SeededRandom random)
    {
        if (model.Graph.Node.Count == 0) model.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "input" }, Output = { "extra" } });
        return Any(model.Graph.Node, random);
    }

    private static TensorProto Initializer(ModelProto model, SeededRandom random)
    {
        if (model.Graph.Initializer.Count == 0) model.Graph.Initializer.Add(new TensorProto { Name = "extra", DataType = 1, Dims = { 1 }, FloatData = { 1 } });
        return Any(model.Graph.Initializer, random);
    }

    private static string Name(ModelProto model, SeededRandom random) => random.Next(4) switch
    {
        0 => Initializer(model, random).Name,
        1 => "",
        2 => Node(model, random).Output.FirstOrDefault("nowhere"),
        _ => random.Next(8) == 0 ? "nowhere" : "input",
    };

    private static void Operator(ModelProto model, SeededRandom random) => Node(model, random).OpType = Any(Operators, random);

    private static void Input(ModelProto model, SeededRandom random)
    {
        var node = Node(model, random);
        if (node.Input.Count > 0) node.Input[random.Next(node.Input.Count)] = Name(model, random);
    }

    private static void Output(ModelProto model, SeededRandom random)
    {
        var node = Node(model, random);
        if (random.Next(2) == 0 || node.Output.Count == 0) node.Output.Add(random.Next(2) == 0 ? Name(model, random) : "another");
        else node.Output[random.Next(node.Output.Count)] = Name(model, random);
    }

    private static void RemoveInput(ModelProto model, SeededRandom random)
    {
        var node = Node(model, random);
        if (node.Input.Count > 0) node.Input.RemoveAt(random.Next(node.Input.Count));
    }

    private static void AddInput(ModelProto model, SeededRandom random) => Node(model, random).Input.Add(Name(model, random));

    private static AttributeProto? Attribute(ModelProto model, SeededRandom random)
    {
        var nodes = model.Graph.Node.Where(node => node.Attribute.Count > 0).ToList();
        return nodes.Count == 0 ? null : Any(Any(nodes, random).Attribute, random);
    }

    private static void AttributeNumber(ModelProto model, SeededRandom random)
    {
        if (Attribute(model, random) is not { } attribute) return;
        if (attribute.Ints.Count > 0 && random.Next(5) == 0) attribute.Ints.Add(Any(Numbers, random));
        else if (attribute.Ints.Count > 0) attribute.Ints[random.Next(attribute.Ints.Count)] = Any(Numbers, random);
        else if (attribute.Type == AttributeType.Float) attribute.F = Any([0f, -1f, float.NaN, float.PositiveInfinity, 1e-40f, 1e30f], random);
        else attribute.I = Any(Numbers, random);
    }

    private static void AttributeKind(ModelProto model, SeededRandom random)
    {
        if (Attribute(model, random) is { } attribute) attribute.Type = (AttributeType)random.Next(16);
    }

    private static void RemoveAttribute(ModelProto model, SeededRandom random)
    {
        var node = Node(model, random);
        if (node.Attribute.Count > 0) node.Attribute.RemoveAt(random.Next(node.Attribute.Count));
    }

    /// <summary>Graphs inside of graphs, as control flow has them.</summary>
    private static void Nest(ModelProto model, SeededRandom random)
    {
        var graph = new GraphProto();
        for (int depth = random.Next(1, 150); depth > 0; depth--)
            graph = new GraphProto { Node = { new NodeProto { OpType = "If", Attribute = { new AttributeProto { Name = "then_branch", Type = AttributeType.Graph, G = graph } } } } };
        Node(model, random).Attribute.Add(new AttributeProto { Name = "body", Type = AttributeType.Graph, G = graph });
    }

    private static void Dimension(ModelProto model, SeededRandom random)
    {
        var tensor = Initializer(model, random);
        if (tensor.Dims.Count == 0 || random.Next(6) == 0) tensor.Dims.Add(Any(Numbers, random));
        else if (random.Next(4) == 0 && tensor.Dims.Count > 1) (tensor.Dims[0], tensor.Dims[^1]) = (tensor.Dims[^1], tensor.Dims[0]);
        else tensor.Dims[random.Next(tensor.Dims.Count)] = Any(Numbers, random);
    }

    /// <summary>A whole number of a constant: shapes, axes, places.</summary>
    private static void Whole(ModelProto model, SeededRandom random)
    {
        var whole = model.Graph.Initializer.Where(tensor => tensor.DataType == (int)TensorProto.Types.DataType.Int64 && tensor.RawData.Length >= 8).ToList();
        if (whole.Count == 0) return;
        var tensor = Any(whole, random);
        byte[] raw = tensor.RawData.ToByteArray();
        BitConverter.TryWriteBytes(raw.AsSpan(8 * random.Next(raw.Length / 8)), Any(Numbers, random));
        tensor.RawData = ByteString.CopyFrom(raw);
    }

    private static void Real(ModelProto model, SeededRandom random)
    {
        var tensor = Initializer(model, random);
        if (tensor.RawData.Length < 4) return;
        byte[] raw = tensor.RawData.ToByteArray();
        BitConverter.TryWriteBytes(raw.AsSpan(4 * random.Next(raw.Length / 4)), Any([0f, -1f, float.NaN, float.PositiveInfinity, float.MaxValue, 1e-40f], random));
        tensor.RawData = ByteString.CopyFrom(raw);
    }

    private static void ElementKind(ModelProto model, SeededRandom random) => Initializer(model, random).DataType = random.Next(-1, 26);

    private static void RawLength(ModelProto model, SeededRandom random)
    {
        var tensor = Initializer(model, random);
        tensor.RawData = random.Next(2) == 0 ? ByteString.Empty : ByteString.CopyFrom([.. tensor.RawData.Span, .. new byte[random.Next(1, 9)]]);
    }

    private static void External(ModelProto model, SeededRandom random)
    {
        var tensor = Initializer(model, random);
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = Any(["../outside", "/etc/hostname", "", "weights.bin", "a/../../b", "\0"], random) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = random.Next(2) == 0 ? "offset" : "length", Value = Any(["-1", "9223372036854775807", "x", "0"], random) });
    }

    private static void ModelInput(ModelProto model, SeededRandom random)
    {
        if (model.Graph.Input.Count == 0) return;
        var tensor = Any(model.Graph.Input, random).Type?.TensorType;
        if (tensor?.Shape is not { Dim.Count: > 0 } shape || random.Next(8) == 0) model.Graph.Input.Add(new ValueInfoProto { Name = Name(model, random) });
        else if (random.Next(6) == 0) tensor.ElemType = random.Next(-1, 26);
        else if (random.Next(6) == 0) shape.Dim.RemoveAt(random.Next(shape.Dim.Count));
        else shape.Dim[random.Next(shape.Dim.Count)] = new() { DimValue = Any(Numbers, random) };
    }

    private static void ModelOutput(ModelProto model, SeededRandom random)
    {
        if (model.Graph.Output.Count == 0 || random.Next(2) == 0) model.Graph.Output.Add(new ValueInfoProto { Name = Name(model, random) });
        else model.Graph.Output[random.Next(model.Graph.Output.Count)].Name = Name(model, random);
    }

    private static void OperatorSet(ModelProto model, SeededRandom random)
    {
        if (model.OpsetImport.Count > 0) model.OpsetImport[0].Version = random.Next(3) == 0 ? Any(Numbers, random) : random.Next(5, 26);
    }

    private static void Domain(ModelProto model, SeededRandom random)
    {
        if (random.Next(2) == 0) Node(model, random).Domain = "com.example";
        else if (model.OpsetImport.Count > 0) model.OpsetImport[0].Domain = "com.example";
    }

    private static void Duplicate(ModelProto model, SeededRandom random)
    {
        if (random.Next(2) == 0) model.Graph.Node.Add(Node(model, random).Clone());
        else model.Graph.Initializer.Add(Initializer(model, random).Clone());
    }

    private static void Swap(ModelProto model, SeededRandom random)
    {
        int last = model.Graph.Node.Count - 1;
        if (last < 1) return;
        (int a, int b) = (random.Next(last + 1), random.Next(last + 1));
        (model.Graph.Node[a].OpType, model.Graph.Node[b].OpType) = (model.Graph.Node[b].OpType, model.Graph.Node[a].OpType);
    }

    private static void Remove(ModelProto model, SeededRandom random)
    {
        if (random.Next(2) == 0 && model.Graph.Initializer.Count > 0) model.Graph.Initializer.RemoveAt(random.Next(model.Graph.Initializer.Count));
        else if (model.Graph.Node.Count > 0) model.Graph.Node.RemoveAt(random.Next(model.Graph.Node.Count));
    }
}
