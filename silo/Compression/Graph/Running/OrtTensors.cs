using System.Collections.Immutable;
using Distributed.Sweeps;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Distributed.Compression.Graph;

/// <summary>Our tensors as ONNX Runtime's, and back; copied both ways.</summary>
internal static class OrtTensors
{
    /// <summary>A value to feed; the caller disposes it.</summary>
    public static OrtValue Of(Tensor tensor)
    {
        long[] shape = [.. tensor.Shape.Select(size => (long)size)];
        if (tensor is FloatTensor floats) return OrtValue.CreateTensorValueFromMemory(floats.Data, shape);
        long[] data = ((IntegerTensor)tensor).Data;
        OrtValue Typed<T>(Func<long, T> convert) where T : unmanaged => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(data, item => convert(item)), shape);
        return tensor.Type switch
        {
            ElementType.Bool => Typed(item => item != 0),
            ElementType.Int8 => Typed(item => (sbyte)item),
            ElementType.UInt8 => Typed(item => (byte)item),
            ElementType.Int16 => Typed(item => (short)item),
            ElementType.UInt16 => Typed(item => (ushort)item),
            ElementType.Int32 => Typed(item => (int)item),
            ElementType.UInt32 => Typed(item => (uint)item),
            ElementType.UInt64 => Typed(item => (ulong)item),
            _ => Typed(item => item),
        };
    }

    /// <summary>A result's value.</summary>
    public static Tensor From(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        ImmutableArray<int> shape = [.. info.Shape.Select(size => checked((int)size))];
        IntegerTensor Whole<T>(ElementType type, Func<T, long> convert) where T : unmanaged => new(shape, Array.ConvertAll(value.GetTensorDataAsSpan<T>().ToArray(), item => convert(item)), type);
        return info.ElementDataType switch
        {
            TensorElementType.Float => new FloatTensor(shape, value.GetTensorDataAsSpan<float>().ToArray()),
            TensorElementType.Double => new FloatTensor(shape, Array.ConvertAll(value.GetTensorDataAsSpan<double>().ToArray(), item => (float)item)),
            TensorElementType.Bool => Whole<bool>(ElementType.Bool, item => item ? 1 : 0),
            TensorElementType.Int8 => Whole<sbyte>(ElementType.Int8, item => item),
            TensorElementType.UInt8 => Whole<byte>(ElementType.UInt8, item => item),
            TensorElementType.Int16 => Whole<short>(ElementType.Int16, item => item),
            TensorElementType.UInt16 => Whole<ushort>(ElementType.UInt16, item => item),
            TensorElementType.Int32 => Whole<int>(ElementType.Int32, item => item),
            TensorElementType.Int64 => Whole<long>(ElementType.Int64, item => item),
            TensorElementType.UInt32 => Whole<uint>(ElementType.UInt32, item => item),
            TensorElementType.UInt64 => Whole<ulong>(ElementType.UInt64, item => (long)item),
            var other => throw new InvalidInputException("ONNX Runtime", $"an output's elements are {other}", "Export a model that gives numbers."),
        };
    }
}
