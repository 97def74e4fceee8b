using System.Collections.Immutable;

namespace Distributed.Compression.Grouping;

/// <summary>The labels of a tensor's elements. After rectangular closure they vary along one axis only, and so are stored as one line.</summary>
/// <param name="Shape">The tensor's dimensions for one input.</param>
/// <param name="Axis">The axis along which labels vary; −1 where every element is <see cref="LabelTable.Fixed"/>.</param>
/// <param name="Line">One label for each position of that axis; empty where there is none.</param>
internal sealed record LabelTensor(ImmutableArray<int> Shape, int Axis, int[] Line)
{
    /// <summary>Nothing in it can be removed.</summary>
    public static LabelTensor Fixed(ImmutableArray<int> shape) => new(shape, -1, []);

    /// <summary>Whether nothing in it can be removed.</summary>
    public bool IsFixed => Axis < 0;

    /// <summary>A label for every element, row-major.</summary>
    public long[] Dense()
    {
        long[] labels = new long[Graph.Tensor.Count(Shape)];
        if (IsFixed) return labels;
        int inner = Graph.Tensor.Count(Shape[(Axis + 1)..]);
        for (int i = 0; i < labels.Length; i++) labels[i] = Line[i / inner % Line.Length];
        return labels;
    }
}
