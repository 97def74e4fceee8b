namespace Distributed.Sweeps;

/// <summary>A quantity that a sweep may optimise or constrain. The test split is deliberately not among them.</summary>
[GenerateSerializer, Alias("metric.v1")]
public enum Metric
{
    /// <summary>Top-1 on the validation split, in [0, 1]. Known only after training.</summary>
    Accuracy,

    /// <summary>Top-1 on the corrupted copy of the validation split, in [0, 1]. Known only after training.</summary>
    CorruptedAccuracy,

    /// <summary>Median latency of one batch divided by that of the dense model measured beside it. Predicted before training.</summary>
    LatencyRatio,

    /// <summary>Median wall time of one batch in milliseconds. Predicted before training.</summary>
    LatencyMs,

    /// <summary>Multiply-accumulates for one input. Known before training.</summary>
    Macs,

    /// <summary>Trainable parameters and BatchNormalization statistics. Known before training.</summary>
    Parameters,

    /// <summary>Size of the exported file in bytes. Known before training up to the few bytes of the graph.</summary>
    Bytes,

    /// <summary>Size of the exported file after Brotli (quality 6), in bytes: what single weights that are zero make smaller. Known only after training.</summary>
    CompressedBytes,
}
