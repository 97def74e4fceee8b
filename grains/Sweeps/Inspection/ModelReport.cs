using System.Text.Json;

namespace Distributed.Sweeps;

/// <summary>What became of a network when it was pruned (report.json): layer by layer, class by class, image by image.</summary>
/// <remarks>All accuracies are of validation images; the test split is not looked at.</remarks>
public sealed record ModelReport
{
    /// <summary>The model's file.</summary>
    public required string Model { get; init; }

    /// <summary>The sweep that it came from.</summary>
    public required SweepId Sweep { get; init; }

    /// <summary>Its trial.</summary>
    public required TrialId Trial { get; init; }

    /// <summary>Its candidate; null for the dense model.</summary>
    public Candidate? Candidate { get; init; }

    /// <summary>What the sweep measured of it: latency beside the dense model, int8 beside float32, zero weights, size after compression. Null for a trial without.</summary>
    public Measurement? Measurement { get; init; }

    /// <summary>"int8 is 1.2× slower than its float32 parent"; null where there is nothing to warn of.</summary>
    public string? Warning { get; init; }

    /// <summary>lineage.json as it lay beside the model: everything needed to rebuild it.</summary>
    public JsonElement? Lineage { get; init; }

    /// <summary>Totals of the dense model and of this one.</summary>
    public required ReportTotals Dense { get; init; }

    /// <summary>Totals of this model.</summary>
    public required ReportTotals Pruned { get; init; }

    /// <summary>The residual branches that were left out, by the nodes that added them.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The layers that compute, in the dense model's order; those of left-out branches have width 0.</summary>
    public required IReadOnlyList<ReportLayer> Layers { get; init; }

    /// <summary>The families, with their widths before and after.</summary>
    public required IReadOnlyList<ReportFamily> Families { get; init; }

    /// <summary>Where both models answer alike, and where not.</summary>
    public required ReportAgreement Agreement { get; init; }

    /// <summary>How often each class was taken for each.</summary>
    public required ReportConfusion Confusion { get; init; }

    /// <summary>How much accuracy each family alone costs.</summary>
    public required ReportSensitivity Sensitivity { get; init; }

    /// <summary>The same report of a trial's model.</summary>
    /// <param name="model">What its file is called.</param>
    /// <param name="trial">Tells what was measured.</param>
    public ModelReport Of(string model, TrialState trial) => this with { Model = model, Measurement = trial.Measurement, Warning = trial.Measurement?.Warning };
}

/// <summary>A whole model.</summary>
/// <param name="Accuracy">Top-1 on the validation images, in [0, 1].</param>
/// <param name="Macs">Multiply-accumulates for one input.</param>
/// <param name="Parameters">Trainable parameters and BatchNormalization statistics.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Microseconds">Sum of the nodes' times in ONNX Runtime's profile, batch and threads as the sweep measures latency.</param>
public sealed record ReportTotals(double Accuracy, long Macs, long Parameters, long Bytes, double Microseconds);

/// <summary>One layer before and after.</summary>
public sealed record ReportLayer
{
    /// <summary>The node's name, the same in both models.</summary>
    public required string Name { get; init; }

    /// <summary>The ONNX operator.</summary>
    public required string Operator { get; init; }

    /// <summary>Output channels of the dense model.</summary>
    public required int DenseWidth { get; init; }

    /// <summary>Output channels of this model; 0 for a layer that is left out.</summary>
    public required int Width { get; init; }

    /// <summary>Multiply-accumulates in the dense model, for one input.</summary>
    public required long DenseMacs { get; init; }

    /// <summary>Multiply-accumulates in this model, for one input.</summary>
    public required long Macs { get; init; }

    /// <summary>Time in the dense model; null where ONNX Runtime merged the layer into another.</summary>
    public double? DenseMicroseconds { get; init; }

    /// <summary>Time in this model; null where ONNX Runtime merged the layer into another.</summary>
    public double? Microseconds { get; init; }

    /// <summary>Linear centred kernel alignment of the layer's outputs in both models, in [0, 1] (Kornblith et al. 2019, eq. 3–4); null where it cannot be compared.</summary>
    public double? Cka { get; init; }
}

/// <summary>A family before and after.</summary>
/// <param name="Name">Its first layer.</param>
/// <param name="Width">Units of the dense model.</param>
/// <param name="Kept">Units that are left.</param>
public sealed record ReportFamily(string Name, int Width, int Kept);

/// <summary>Both models' answers, image by image.</summary>
/// <param name="Images">Validation images asked.</param>
/// <param name="Same">Images that both put into the same class.</param>
/// <param name="Lost">Images that the dense model has right and this one has not.</param>
/// <param name="Gained">Images that this model has right and the dense one has not.</param>
/// <param name="Margins">By the dense model's margin (probability of its first class less that of its second) in ten equal bins from 0 to 1.</param>
/// <param name="Flipped">Positions in the validation split of the images whose class changed, at most 200.</param>
public sealed record ReportAgreement(
    int Images, int Same, int Lost, int Gained, IReadOnlyList<MarginBin> Margins, IReadOnlyList<int> Flipped);

/// <summary>The images whose margin lies in one bin.</summary>
/// <param name="Images">How many there are.</param>
/// <param name="Flipped">How many of them changed their class.</param>
public sealed record MarginBin(int Images, int Flipped);

/// <summary>Confusion matrices: [true class][predicted class], counts of validation images.</summary>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Dense">Of the dense model.</param>
/// <param name="Pruned">Of this model.</param>
public sealed record ReportConfusion(IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Dense, IReadOnlyList<IReadOnlyList<int>> Pruned);

/// <summary>Accuracy of the dense model after one family alone is pruned, without any recovery. Each cell is a real prune of the whole family.</summary>
/// <param name="Criterion">Which units go first.</param>
/// <param name="Images">Validation images that judge each cell.</param>
/// <param name="Ratios">Parts of a family that go.</param>
/// <param name="Rows">For each family its accuracies, one for each ratio; null where the family would be left empty.</param>
public sealed record ReportSensitivity(string Criterion, int Images, IReadOnlyList<double> Ratios, IReadOnlyList<SensitivityRow> Rows);

/// <summary>One family's row.</summary>
/// <param name="Family">Its name.</param>
/// <param name="Accuracies">Top-1, in [0, 1], one for each ratio.</param>
public sealed record SensitivityRow(string Family, IReadOnlyList<double?> Accuracies);
