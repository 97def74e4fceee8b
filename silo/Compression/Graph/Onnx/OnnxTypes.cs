using static Distributed.Compression.Graph.Onnx.TensorProto.Types;

namespace Distributed.Compression.Graph;

/// <summary>ONNX's numbers for element types, and the bytes that an element takes in a file.</summary>
internal static class OnnxTypes
{
    /// <summary>The element type of a number in a file, or null where classifiers have no use for it (text, complex).</summary>
    public static ElementType? From(int number) => (DataType)number switch
    {
        DataType.Float => ElementType.Float,
        DataType.Double => ElementType.Double,
        DataType.Float16 => ElementType.Float16,
        DataType.Bfloat16 => ElementType.Float,
        DataType.Int8 => ElementType.Int8,
        DataType.Uint8 => ElementType.UInt8,
        DataType.Int16 => ElementType.Int16,
        DataType.Uint16 => ElementType.UInt16,
        DataType.Int32 => ElementType.Int32,
        DataType.Int64 => ElementType.Int64,
        DataType.Uint32 => ElementType.UInt32,
        DataType.Uint64 => ElementType.UInt64,
        DataType.Bool => ElementType.Bool,
        _ => null,
    };

    /// <summary>The number to write for an element type.</summary>
    public static int Number(ElementType type) => (int)(type switch
    {
        ElementType.Float => DataType.Float,
        ElementType.Double => DataType.Double,
        ElementType.Float16 => DataType.Float16,
        ElementType.Int8 => DataType.Int8,
        ElementType.UInt8 => DataType.Uint8,
        ElementType.Int16 => DataType.Int16,
        ElementType.UInt16 => DataType.Uint16,
        ElementType.Int32 => DataType.Int32,
        ElementType.Int64 => DataType.Int64,
        ElementType.UInt32 => DataType.Uint32,
        ElementType.UInt64 => DataType.Uint64,
        ElementType.Bool => DataType.Bool,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    });

    /// <summary>Bytes of one element in raw data.</summary>
    public static int Bytes(DataType type) => type switch
    {
        DataType.Bool or DataType.Int8 or DataType.Uint8 => 1,
        DataType.Float16 or DataType.Bfloat16 or DataType.Int16 or DataType.Uint16 => 2,
        DataType.Float or DataType.Int32 or DataType.Uint32 => 4,
        _ => 8,
    };

    /// <summary>Double and half are held as float throughout; everything else stays what it is.</summary>
    public static ElementType Widen(ElementType type) =>
        type is ElementType.Double or ElementType.Float16 ? ElementType.Float : type;

    /// <summary>Whether elements are held as floats.</summary>
    public static bool IsReal(ElementType type) => Widen(type) == ElementType.Float;
}
