using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Distributed.Compression.Graph.Onnx;
using Distributed.Sweeps;
using Google.Protobuf;
using static Distributed.Compression.Graph.Onnx.TensorProto.Types;

namespace Distributed.Compression.Graph;

/// <summary>Reads a file's tensors. Nothing is allocated before the declared size was compared with the bytes that are there.</summary>
internal static class OnnxTensorReader
{
    /// <summary>The tensor in memory; half, bfloat16 and double are widened or rounded to float.</summary>
    /// <param name="proto">The tensor in the file; loses its data, so that a model is never in memory twice.</param>
    /// <param name="place">File and name, for errors.</param>
    /// <param name="external">Where data in other files is; null where there can be none.</param>
    public static Tensor Read(TensorProto proto, string place, ExternalWeights? external = null)
    {
        if (OnnxTypes.From(proto.DataType) is not { } type)
            throw new InvalidInputException(place, $"the tensor's element type is {(DataType)proto.DataType}", "Export the model with float or integer weights.");
        ImmutableArray<int> shape = Shape(proto, place, out int count);
        if (ExternalWeights.Holds(proto))
            proto.RawData = UnsafeByteOperations.UnsafeWrap((external ?? new(null)).Read(proto, (long)count * OnnxTypes.Bytes((DataType)proto.DataType), place));
        int present = Present(proto, place);
        if (present != count)
        {
            throw new InvalidInputException(
                place,
                Invariant($"the shape [{string.Join(", ", shape)}] needs {count} elements, the file holds {present}"),
                "The file is damaged or cut off: copy or export it again.");
        }

        Tensor tensor = OnnxTypes.IsReal(type)
            ? new FloatTensor(shape, Floats(proto, count))
            : new IntegerTensor(shape, Integers(proto, count), type);
        proto.RawData = ByteString.Empty;
        proto.FloatData.Clear();
        return tensor;
    }

    private static ImmutableArray<int> Shape(TensorProto proto, string place, out int count)
    {
        long product = 1;
        var shape = ImmutableArray.CreateBuilder<int>(Math.Min(proto.Dims.Count, 16));
        foreach (long size in proto.Dims)
        {
            if (size is < 0 or > int.MaxValue || (product *= size) > int.MaxValue || shape.Count == 16)
            {
                throw new InvalidInputException(
                    place, $"the shape [{string.Join(", ", proto.Dims.Take(16))}] is impossible", "The file is damaged: copy or export it again.");
            }

            shape.Add((int)size);
        }

        count = (int)product;
        return shape.ToImmutable();
    }

    /// <summary>How many elements the file holds for this tensor.</summary>
    private static int Present(TensorProto proto, string place)
    {
        var type = (DataType)proto.DataType;
        if (proto.RawData.IsEmpty)
        {
            return type switch
            {
                DataType.Float => proto.FloatData.Count,
                DataType.Double => proto.DoubleData.Count,
                DataType.Int64 => proto.Int64Data.Count,
                DataType.Uint32 or DataType.Uint64 => proto.Uint64Data.Count,
                _ => proto.Int32Data.Count,
            };
        }

        int bytes = OnnxTypes.Bytes(type);
        if (proto.RawData.Length % bytes != 0)
        {
            throw new InvalidInputException(
                place, Invariant($"{proto.RawData.Length} bytes are no multiple of {bytes}, the size of one element"), "The file is damaged: copy or export it again.");
        }

        return proto.RawData.Length / bytes;
    }

    private static float[] Floats(TensorProto proto, int count)
    {
        var data = new float[count];
        ReadOnlySpan<byte> raw = proto.RawData.Span;
        switch ((DataType)proto.DataType)
        {
            case DataType.Float when !raw.IsEmpty: MemoryMarshal.Cast<byte, float>(raw).CopyTo(data); break;
            case DataType.Float: proto.FloatData.CopyTo(data, 0); break;
            case DataType.Double when !raw.IsEmpty: Convert(MemoryMarshal.Cast<byte, double>(raw), data, value => (float)value); break;
            case DataType.Double: Convert<double>(proto.DoubleData.ToArray(), data, value => (float)value); break;
            case DataType.Float16 when !raw.IsEmpty: Convert(MemoryMarshal.Cast<byte, Half>(raw), data, value => (float)value); break;
            case DataType.Float16: Convert<int>(proto.Int32Data.ToArray(), data, bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits)); break;
            case DataType.Bfloat16 when !raw.IsEmpty: Convert(MemoryMarshal.Cast<byte, ushort>(raw), data, bits => BitConverter.Int32BitsToSingle(bits << 16)); break;
            default: Convert<int>(proto.Int32Data.ToArray(), data, bits => BitConverter.Int32BitsToSingle(bits << 16)); break;
        }

        return data;
    }

    private static long[] Integers(TensorProto proto, int count)
    {
        var data = new long[count];
        ReadOnlySpan<byte> raw = proto.RawData.Span;
        bool typed = raw.IsEmpty;
        switch ((DataType)proto.DataType)
        {
            case DataType.Int64 when typed: proto.Int64Data.CopyTo(data, 0); break;
            case DataType.Uint32 or DataType.Uint64 when typed: Convert<ulong>(proto.Uint64Data.ToArray(), data, value => (long)value); break;
            case DataType.Int64 or DataType.Uint64: MemoryMarshal.Cast<byte, long>(raw).CopyTo(data); break;
            case var _ when typed: Convert<int>(proto.Int32Data.ToArray(), data, value => value); break;
            case DataType.Int32: Convert(MemoryMarshal.Cast<byte, int>(raw), data, value => value); break;
            case DataType.Uint32: Convert(MemoryMarshal.Cast<byte, uint>(raw), data, value => value); break;
            case DataType.Int16: Convert(MemoryMarshal.Cast<byte, short>(raw), data, value => value); break;
            case DataType.Uint16: Convert(MemoryMarshal.Cast<byte, ushort>(raw), data, value => value); break;
            case DataType.Int8: Convert(MemoryMarshal.Cast<byte, sbyte>(raw), data, value => value); break;
            default: Convert(raw, data, value => value); break;
        }

        return data;
    }

    private static void Convert<T>(ReadOnlySpan<T> from, float[] to, Func<T, float> convert)
    {
        for (int i = 0; i < to.Length; i++) to[i] = convert(from[i]);
    }

    private static void Convert<T>(ReadOnlySpan<T> from, long[] to, Func<T, long> convert)
    {
        for (int i = 0; i < to.Length; i++) to[i] = convert(from[i]);
    }
}
