using System.Collections.Immutable;

namespace Distributed.Compression.Graph;

/// <summary>Rearranges a tensor's elements, whichever type they have.</summary>
internal static class Elements
{
    /// <summary>The same elements under another shape; the data is shared.</summary>
    public static Tensor Shaped(Tensor tensor, ImmutableArray<int> shape) => tensor switch
    {
        FloatTensor floats => new FloatTensor(shape, floats.Data),
        IntegerTensor whole => new IntegerTensor(shape, whole.Data, whole.Type),
        _ => throw new ArgumentException("Not a tensor.", nameof(tensor)),
    };

    /// <summary>Element i of the result is the element at places[i].</summary>
    public static Tensor Pick(Tensor tensor, ImmutableArray<int> shape, int[] places) => tensor switch
    {
        FloatTensor floats => new FloatTensor(shape, Pick(floats.Data, places)),
        IntegerTensor whole => new IntegerTensor(shape, Pick(whole.Data, places), whole.Type),
        _ => throw new ArgumentException("Not a tensor.", nameof(tensor)),
    };

    /// <summary>Whether two constants have the same kind, shape and elements; a missing one is like none.</summary>
    public static bool Alike(Tensor? one, Tensor? another) => ReferenceEquals(one, another) ? one is not null : (one, another) switch
    {
        (FloatTensor a, FloatTensor b) => a.Shape.SequenceEqual(b.Shape) && a.Data.AsSpan().SequenceEqual(b.Data),
        (IntegerTensor a, IntegerTensor b) => a.Shape.SequenceEqual(b.Shape) && a.Data.AsSpan().SequenceEqual(b.Data),
        _ => false,
    };

    private static T[] Pick<T>(T[] data, int[] places)
    {
        var picked = new T[places.Length];
        for (int i = 0; i < places.Length; i++) picked[i] = data[places[i]];
        return picked;
    }
}
