namespace Distributed.Sweeps;

/// <summary>On what a single model is judged.</summary>
public sealed record EvaluationSpec
{
    /// <summary>The images.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>Per channel mean that is subtracted from pixels in [0, 1]; empty for none.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Per channel standard deviation that pixels are divided by; as long as <see cref="Mean"/>.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [];

    /// <summary>Cuts the validation split.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>What a model scores, run in ONNX Runtime as its users run it.</summary>
/// <param name="File">The model.</param>
/// <param name="Validation">Top-1 on the validation split, in [0, 1].</param>
/// <param name="Corrupted">Top-1 on the corrupted copy of the validation split, in [0, 1].</param>
/// <param name="Test">Top-1 on the test split, in [0, 1].</param>
/// <param name="ValidationImages">Images of the validation split.</param>
/// <param name="TestImages">Images of the test split.</param>
public sealed record ModelEvaluation(string File, double Validation, double Corrupted, double Test, int ValidationImages, int TestImages);

/// <summary>How fast a model is beside another.</summary>
/// <param name="File">The model.</param>
/// <param name="Against">The reference; the model itself when none was given.</param>
/// <param name="Latency">Measured in turn with the reference, alone in this process.</param>
public sealed record ModelTiming(string File, string Against, LatencyMeasurement Latency);
