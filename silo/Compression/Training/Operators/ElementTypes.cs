using Distributed.Compression.Graph;
using static TorchSharp.torch;

namespace Distributed.Compression.Training;

/// <summary>libtorch's name for an element type; unsigned types that it lacks are held as 64 bits.</summary>
internal static class ElementTypes
{
    /// <summary>The type of a tensor's elements.</summary>
    public static ScalarType Of(ElementType type) => type switch
    {
        ElementType.Float or ElementType.Double or ElementType.Float16 => ScalarType.Float32,
        ElementType.Bool => ScalarType.Bool,
        ElementType.Int8 => ScalarType.Int8,
        ElementType.UInt8 => ScalarType.Byte,
        ElementType.Int16 => ScalarType.Int16,
        ElementType.Int32 => ScalarType.Int32,
        _ => ScalarType.Int64,
    };
}
