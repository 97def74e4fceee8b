using Distributed.Compression.Graph;

namespace Distributed.Compression.Pruning;

/// <summary>Takes positions of one axis of a tensor.</summary>
internal static class Taking
{
    /// <summary>The tensor with only the kept positions of the axis, in their order.</summary>
    public static Tensor Of(Tensor tensor, int axis, IReadOnlyList<int> kept)
    {
        var shape = tensor.Shape.SetItem(axis, kept.Count);
        return tensor switch
        {
            FloatTensor floats => new FloatTensor(shape, Take(floats.Data, tensor, axis, kept)),
            IntegerTensor whole => new IntegerTensor(shape, Take(whole.Data, tensor, axis, kept), whole.Type),
            _ => throw new ArgumentException("Not a tensor.", nameof(tensor)),
        };
    }

    private static T[] Take<T>(T[] data, Tensor tensor, int axis, IReadOnlyList<int> kept)
    {
        int inner = Tensor.Count(tensor.Shape[(axis + 1)..]);
        int size = tensor.Shape[axis];
        int outer = data.Length / Math.Max(1, inner * size);
        var taken = new T[outer * kept.Count * inner];
        for (int o = 0; o < outer; o++)
        {
            for (int k = 0; k < kept.Count; k++)
                Array.Copy(data, ((o * size) + kept[k]) * inner, taken, ((o * kept.Count) + k) * inner, inner);
        }

        return taken;
    }
}
