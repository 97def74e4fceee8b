using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Distributed.Compression.Graph.Onnx;
using Google.Protobuf;
using static Distributed.Compression.Graph.Onnx.AttributeProto.Types;

namespace Distributed.Compression.Graph;

/// <summary>Writes ONNX files. The same network gives the same bytes.</summary>
/// <remarks>Open dimensions are named: "N" for the batch. Subnormal weights become zero: they make inference up to three times slower.</remarks>
internal static class OnnxWriter
{
    private const int LastOpsetOfIr8 = 18;

    /// <summary>Writes the file.</summary>
    public static void Write(Network network, Stream stream) => Model(network).WriteTo(stream);

    /// <summary>The file's bytes.</summary>
    public static byte[] ToBytes(Network network) => Model(network).ToByteArray();

    private static ModelProto Model(Network network)
    {
        var graph = new GraphProto { Name = network.Name };
        graph.Node.AddRange(network.Nodes.Select(NodeOf));
        graph.Input.AddRange(network.Inputs.Select(ValueOf));
        graph.Output.AddRange(network.Outputs.Select(ValueOf));
        graph.Initializer.AddRange(network.Initializers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => TensorOf(pair.Key, pair.Value)));
        return new()
        {
            IrVersion = network.Opset <= LastOpsetOfIr8 ? 8 : 10,
            ProducerName = "distributed",
            Graph = graph,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = network.Opset } },
        };
    }

    private static NodeProto NodeOf(Node node)
    {
        var proto = new NodeProto { Name = node.Name, OpType = node.Operator };
        proto.Input.AddRange(node.Inputs);
        proto.Output.AddRange(node.Outputs);
        proto.Attribute.AddRange(node.Attributes.Values.Select(pair => AttributeOf(pair.Key, pair.Value)));
        return proto;
    }

    private static AttributeProto AttributeOf(string name, object value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case long whole: (proto.Type, proto.I) = (AttributeType.Int, whole); break;
            case double real: (proto.Type, proto.F) = (AttributeType.Float, (float)real); break;
            case string text: (proto.Type, proto.S) = (AttributeType.String, ByteString.CopyFromUtf8(text)); break;
            case Tensor tensor: (proto.Type, proto.T) = (AttributeType.Tensor, TensorOf("", tensor)); break;
            case long[] whole: proto.Type = AttributeType.Ints; proto.Ints.AddRange(whole); break;
            case double[] real: proto.Type = AttributeType.Floats; proto.Floats.AddRange(real.Select(item => (float)item)); break;
            case string[] texts: proto.Type = AttributeType.Strings; proto.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8)); break;
            default: throw new ArgumentException($"The attribute '{name}' holds a {value.GetType().Name}.", nameof(value));
        }

        return proto;
    }

    private static ValueInfoProto ValueOf(ValueInfo value)
    {
        var shape = new TensorShapeProto();
        for (int axis = 0; axis < value.Shape.Length; axis++)
        {
            shape.Dim.Add(value.Shape[axis] >= 0
                ? new TensorShapeProto.Types.Dimension { DimValue = value.Shape[axis] }
                : new TensorShapeProto.Types.Dimension { DimParam = axis == 0 ? "N" : Invariant($"{value.Name}_{axis}") });
        }

        return new()
        {
            Name = value.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxTypes.Number(value.Type), Shape = shape } },
        };
    }

    private static TensorProto TensorOf(string name, Tensor tensor)
    {
        var proto = new TensorProto { Name = name, DataType = OnnxTypes.Number(tensor.Type) };
        foreach (int size in tensor.Shape) proto.Dims.Add(size);
        proto.RawData = UnsafeByteOperations.UnsafeWrap(tensor switch
        {
            FloatTensor floats => HasSubnormal(floats.Data) ? Raw(floats.Data) : new FloatBytes(floats.Data).Memory,
            IntegerTensor whole => Raw(whole.Data, OnnxTypes.Bytes((TensorProto.Types.DataType)proto.DataType)),
            _ => throw new ArgumentException("Not a tensor.", nameof(tensor)),
        });
        return proto;
    }

    private static bool HasSubnormal(float[] data)
    {
        foreach (float value in data)
        {
            if (float.IsSubnormal(value)) return true;
        }

        return false;
    }

    private static byte[] Raw(float[] data)
    {
        byte[] raw = new byte[checked(data.Length * sizeof(float))];
        Span<float> floats = MemoryMarshal.Cast<byte, float>(raw.AsSpan());
        data.CopyTo(floats);
        foreach (ref float value in floats)
        {
            if (float.IsSubnormal(value)) value = 0;
        }

        return raw;
    }

    /// <summary>The low bytes of each number, little endian.</summary>
    private static byte[] Raw(long[] data, int bytes)
    {
        byte[] raw = new byte[checked(data.Length * bytes)];
        Span<byte> word = stackalloc byte[sizeof(long)];
        for (int i = 0; i < data.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(word, data[i]);
            word[..bytes].CopyTo(raw.AsSpan(i * bytes));
        }

        return raw;
    }
}
