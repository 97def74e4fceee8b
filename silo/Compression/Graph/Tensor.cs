using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>The element types that classifiers use.</summary>
internal enum ElementType
{
    Float,
    Double,
    Float16,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    Int64,
    UInt32,
    UInt64,
    Bool,
}

/// <summary>A constant: row-major, dense. A closed union of floats and whole numbers. Data is not to be written after construction.</summary>
internal abstract record Tensor
{
    private protected Tensor(ImmutableArray<int> shape) => Shape = shape;

    /// <summary>Dimensions; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>What an exported file stores.</summary>
    public abstract ElementType Type { get; }

    /// <summary>Product of the dimensions; 1 for a scalar.</summary>
    public int Length => Count(Shape);

    /// <summary>Product of dimensions.</summary>
    /// <exception cref="OverflowException">More than 2^31 − 1 elements.</exception>
    public static int Count(IEnumerable<int> shape) => shape.Aggregate(1, (product, size) => checked(product * size));

    private protected void Demand(int length)
    {
        if (length != Length) throw new ArgumentException($"A tensor of shape [{string.Join(", ", Shape)}] has {Length} elements, not {length}.");
    }
}

/// <summary>Floats; what was read as double or half is held as float.</summary>
internal sealed record FloatTensor : Tensor
{
    public FloatTensor(ImmutableArray<int> shape, float[] data)
        : base(shape)
    {
        Data = data;
        Demand(data.Length);
    }

    /// <summary>Row-major elements.</summary>
    public float[] Data { get; }

    /// <inheritdoc/>
    public override ElementType Type => ElementType.Float;
}

/// <summary>Whole numbers and booleans, held as 64 bits whatever the file's type.</summary>
internal sealed record IntegerTensor : Tensor
{
    public IntegerTensor(ImmutableArray<int> shape, long[] data, ElementType type = ElementType.Int64)
        : base(shape)
    {
        Data = data;
        Type = type;
        Demand(data.Length);
    }

    /// <summary>Row-major elements.</summary>
    public long[] Data { get; }

    /// <inheritdoc/>
    public override ElementType Type { get; }
}
