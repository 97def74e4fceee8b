namespace Distributed.Compression.Graph;

/// <summary>Walks row-major tensors.</summary>
internal static class Strided
{
    /// <summary>Row-major strides of a shape.</summary>
    public static int[] Strides(ReadOnlySpan<int> shape)
    {
        int[] strides = new int[shape.Length];
        int stride = 1;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return strides;
    }

    /// <summary>offset + Σ strides[axis] · index[axis] for every index of the shape, in row-major order.</summary>
    public static int[] Places(ReadOnlySpan<int> shape, ReadOnlySpan<int> strides, int offset)
    {
        int count = 1;
        foreach (int size in shape) count = checked(count * size);
        int[] places = new int[count];
        if (count == 0) return places;
        int[] index = new int[shape.Length];
        int place = offset;
        for (int i = 0; ; i++)
        {
            places[i] = place;
            int axis = shape.Length - 1;
            while (axis >= 0 && ++index[axis] == shape[axis])
            {
                place -= strides[axis] * (shape[axis] - 1);
                index[axis--] = 0;
            }

            if (axis < 0) return places;
            place += strides[axis];
        }
    }
}
