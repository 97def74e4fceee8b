using System.Collections.Immutable;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;
using static Distributed.Compression.Graph.Onnx.AttributeProto.Types;

namespace Distributed.Compression.Graph;

/// <summary>Reads a file's nodes: names them, turns Constant nodes into initializers.</summary>
internal static class OnnxNodeReader
{
    /// <summary>The nodes in the file's order.</summary>
    /// <param name="protos">The file's nodes.</param>
    /// <param name="initializers">Receives the values of Constant nodes.</param>
    /// <param name="place">The file, for errors.</param>
    public static List<Node> Read(IReadOnlyList<NodeProto> protos, ImmutableDictionary<string, Tensor>.Builder initializers, string place)
    {
        var taken = protos.Select(proto => proto.Name).ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var nodes = new List<Node>(protos.Count);
        for (int i = 0; i < protos.Count; i++)
        {
            string name = Unique(protos[i], i, taken, used);
            var node = Read(protos[i], name, place);
            if (node.Operator == "Constant") AddConstant(node, initializers, place);
            else nodes.Add(node);
        }

        return nodes;
    }

    private static string Unique(NodeProto proto, int index, HashSet<string> taken, HashSet<string> used)
    {
        if (proto.Name.Length > 0 && used.Add(proto.Name)) return proto.Name;
        string stem = proto.Name.Length > 0 ? proto.Name : Invariant($"{proto.OpType}_{index}");
        string name = stem;
        for (int i = 1; taken.Contains(name) || !used.Add(name); i++) name = Invariant($"{stem}_{i}");
        return name;
    }

    private static Node Read(NodeProto proto, string name, string place)
    {
        string where = $"{place}, node '{name}'";
        if (!OnnxReader.IsDefault(proto.Domain))
        {
            throw new InvalidInputException(
                where, $"the operator {proto.OpType} is of the domain '{proto.Domain}'", "Export the model with ONNX's own operators only.");
        }

        if (proto.OpType.Length == 0 || proto.Output.Count == 0 || proto.Output.All(output => output.Length == 0))
            throw new InvalidInputException(where, "the node has no operator or no output", "The file is damaged: copy or export it again.");
        var attributes = Attributes.Empty;
        foreach (var attribute in proto.Attribute) attributes = attributes.With(attribute.Name, Value(attribute, proto.OpType, where));
        return new() { Name = name, Operator = proto.OpType, Inputs = [.. proto.Input], Outputs = [.. proto.Output], Attributes = Widen(proto.OpType, attributes) };
    }

    private static object Value(AttributeProto proto, string operation, string where) => (proto.Type == AttributeType.Undefined ? Guess(proto) : proto.Type) switch
    {
        AttributeType.Float => (double)proto.F,
        AttributeType.Int => proto.I,
        AttributeType.String => proto.S.ToStringUtf8(),
        AttributeType.Tensor when proto.T is not null => OnnxTensorReader.Read(proto.T, where),
        AttributeType.Floats => proto.Floats.Select(value => (double)value).ToArray(),
        AttributeType.Ints => proto.Ints.ToArray(),
        AttributeType.Strings => proto.Strings.Select(text => text.ToStringUtf8()).ToArray(),
        var type => throw new InvalidInputException(
            where,
            $"the attribute '{proto.Name}' of the operator {operation} is of the kind {type}, which is not supported",
            "Export the model without control flow (If, Loop, Scan), sequences and sparse constants."),
    };

    /// <summary>The first version of the format left the kind out.</summary>
    private static AttributeType Guess(AttributeProto proto) => proto switch
    {
        { T: not null } => AttributeType.Tensor,
        { Ints.Count: > 0 } => AttributeType.Ints,
        { Floats.Count: > 0 } => AttributeType.Floats,
        { Strings.Count: > 0 } => AttributeType.Strings,
        { S.IsEmpty: false } => AttributeType.String,
        { F: not 0 } => AttributeType.Float,
        _ => AttributeType.Int,
    };

    /// <summary>The network computes in float, so a cast to half or double is one to float.</summary>
    private static Attributes Widen(string operation, Attributes attributes)
    {
        if (operation != "Cast" || !attributes.Values.TryGetValue("to", out object? to) || to is not long number) return attributes;
        return number is > 0 and < 100 && OnnxTypes.From((int)number) is { } type && OnnxTypes.IsReal(type)
            ? attributes.With("to", (long)OnnxTypes.Number(ElementType.Float))
            : attributes;
    }

    private static void AddConstant(Node node, ImmutableDictionary<string, Tensor>.Builder initializers, string place)
    {
        object value = node.Attributes.Values.Where(pair => pair.Key.StartsWith("value", StringComparison.Ordinal)).Select(pair => pair.Value).FirstOrDefault("");
        Tensor? tensor = value switch
        {
            Tensor constant => constant,
            long whole => new IntegerTensor([], [whole]),
            long[] whole => new IntegerTensor([whole.Length], whole),
            double real => new FloatTensor([], [(float)real]),
            double[] real => new FloatTensor([real.Length], [.. real.Select(item => (float)item)]),
            _ => null,
        };
        if (tensor is null || !initializers.TryAdd(node.Output, tensor))
        {
            throw new InvalidInputException(
                $"{place}, node '{node.Name}'", $"the constant '{node.Output}' holds no numbers or is given twice", "Export the model again.");
        }
    }
}
