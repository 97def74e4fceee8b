using Distributed.Compression.Training;
using Distributed.Sweeps;

namespace Distributed.Compression.Trials;

/// <summary>Everything needed to rebuild a model bit for bit on the same kind of machine, and to feed it (lineage.json).</summary>
internal sealed record Lineage
{
    public required SweepId Sweep { get; init; }

    public required TrialId Trial { get; init; }

    /// <summary>The whole spec; its fingerprint names the sweep.</summary>
    public required SweepSpec Spec { get; init; }

    public required string SpecFingerprint { get; init; }

    public Candidate? Candidate { get; init; }

    /// <summary>SHA-256 of the dense model that was pruned; null for the dense model itself.</summary>
    public string? DenseModel { get; init; }

    /// <summary>SHA-256 of plan.json's content as one line.</summary>
    public string? Plan { get; init; }

    /// <summary>SHA-256 over the pixels and labels of all splits.</summary>
    public required string Dataset { get; init; }

    /// <summary>Optimizer steps.</summary>
    public required int TrainingSteps { get; init; }

    /// <summary>"cpu" or "cuda": what the attempt that ended the trial computed on. The same on a device of another kind gives other bits.</summary>
    public string Device { get; init; } = TrainingDevice.Cpu.Class;

    /// <summary>How an image becomes an input.</summary>
    public required InputPreparation Input { get; init; }

    /// <summary>Versions that the bits depend on.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    public static Lineage Of(TrialAssignment assignment, TrialData data, int steps) => new()
    {
        Sweep = assignment.Spec.Name,
        Trial = assignment.Trial,
        Spec = assignment.Spec,
        SpecFingerprint = assignment.Spec.Fingerprint(),
        Candidate = assignment.Candidate,
        DenseModel = assignment.Dense?.Model.Sha256,
        Dataset = data.Fingerprint,
        TrainingSteps = steps,
        Device = data.Device.Class,
        Input = new(data.Normalization.Mean, data.Normalization.Deviation, data.Splits.Train.Classes),
        Versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["distributed"] = VersionOf(typeof(Lineage)),
            ["onnxruntime"] = VersionOf(typeof(Microsoft.ML.OnnxRuntime.InferenceSession)),
            ["torchsharp"] = VersionOf(typeof(TorchSharp.torch)),
            ["runtime"] = Environment.Version.ToString(),
        },
    };

    private static string VersionOf(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "unknown";
}

/// <summary>How an image becomes an input: (pixel / 255 − mean) / deviation for each channel, channels first.</summary>
/// <param name="Mean">Per channel.</param>
/// <param name="Deviation">Per channel.</param>
/// <param name="Classes">The class of each output.</param>
internal sealed record InputPreparation(IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation, IReadOnlyList<string> Classes);
