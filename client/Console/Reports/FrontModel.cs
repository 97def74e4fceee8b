namespace Distributed.Client.Reports;

/// <summary>One model as it is written for machines. The order and the names of the properties are a contract.</summary>
/// <param name="Trial">Its trial.</param>
/// <param name="Accuracy">Top-1 on validation, in [0, 1].</param>
/// <param name="TestAccuracy">Top-1 on test, in [0, 1].</param>
/// <param name="CorruptedAccuracy">Top-1 on the corrupted validation copy, in [0, 1].</param>
/// <param name="LatencyMs">Median of one batch.</param>
/// <param name="LatencyRatio">Model ÷ dense, measured beside it.</param>
/// <param name="Macs">For one input.</param>
/// <param name="Parameters">With BatchNormalization statistics.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="Model">The ONNX file, relative to the working directory; null where none was written.</param>
/// <param name="CompressedBytes">Of the file after Brotli; null in logs of versions that did not measure it.</param>
/// <param name="Sparsity">Single weights that are zero; null where none were taken out.</param>
internal sealed record FrontModel(
    int Trial,
    double Accuracy,
    double TestAccuracy,
    double CorruptedAccuracy,
    double LatencyMs,
    double LatencyRatio,
    long Macs,
    long Parameters,
    long Bytes,
    string? Model = null,
    long? CompressedBytes = null,
    SparsityReport? Sparsity = null)
{
    /// <summary>"int8 is 1.2× slower than its float32 parent"; null where there is nothing to warn of.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public string? Warning { get; init; }

    /// <summary>A completed trial as it is written.</summary>
    public static FrontModel Of(TrialState trial, string? model = null)
    {
        var values = trial.Measurement!;
        return new(
            trial.Id.Number,
            values.Accuracy,
            values.TestAccuracy,
            values.CorruptedAccuracy,
            values.Latency.MedianMs,
            values.Latency.Ratio,
            values.Macs,
            values.Parameters,
            values.Bytes,
            model,
            values.CompressedBytes,
            values.Sparsity)
        {
            Warning = values.Warning,
        };
    }
}
