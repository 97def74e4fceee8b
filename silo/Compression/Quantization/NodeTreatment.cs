namespace Distributed.Compression.Quantization;

/// <summary>What becomes of a node in 8 bits.</summary>
internal enum NodeTreatment
{
    /// <summary>Stays as it is: no integer kernel for it, or none of its inputs is in 8 bits.</summary>
    Float,

    /// <summary>Has weights: reads 8 bits, writes 8 bits (QLinearConv, QGemm, QLinearMatMul).</summary>
    Weighted,

    /// <summary>Has weights: reads 8 bits, writes floats, because only floats are wanted of it (the logits).</summary>
    WeightedToFloat,

    /// <summary>Computes on activations alone: reads 8 bits, writes 8 bits on a grid of its own (QLinearAdd, QLinearGlobalAveragePool, …).</summary>
    Computing,

    /// <summary>Moves or chooses elements: runs on the integers themselves, all of which share one grid.</summary>
    Moving,

    /// <summary>
    /// Cuts off what the grid of the node before it cuts off anyway: a ReLU whose grid begins at zero. Where a grid is shared with values
    /// beyond its bounds, it cuts bytes.
    /// </summary>
    Absorbed,
}
