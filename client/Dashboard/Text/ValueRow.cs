namespace Distributed.Dashboard;

/// <summary>One value of a trial beside that of the dense model.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Note">How it is to be read.</param>
/// <param name="Value">With its unit; "–" where it is not known.</param>
/// <param name="Dense">Of the dense model.</param>
/// <param name="Change">"−2.40 pp" (percentage points), "0.41 ×".</param>
/// <param name="Tone">"better", "worse" or nothing.</param>
public sealed record ValueRow(string Name, string Note, string Value, string Dense, string Change, string Tone)
{
    private const double Little = 5e-5;

    /// <summary>Every value that a trial has or is expected to have.</summary>
    public static IReadOnlyList<ValueRow> Of(SweepView view, TrialState trial)
    {
        var dense = view.Dense?.Measurement;
        List<ValueRow> rows =
        [
            Row(Metric.Accuracy, "Accuracy", "validation"), Points("Test accuracy", "reported, never chosen by", trial.Measurement?.TestAccuracy, dense?.TestAccuracy),
            Row(Metric.CorruptedAccuracy, "Corrupted accuracy", "validation, corrupted"), Row(Metric.LatencyMs, "Latency", "median, one batch"),
            Row(Metric.LatencyRatio, "Latency ratio", "to the dense model"), Row(Metric.Macs, "MACs", "one input"), Row(Metric.Parameters, "Parameters", ""), Row(Metric.Bytes, "File", "model.onnx"),
        ];
        if (trial.Measurement?.CompressedBytes is not null) rows.Add(Row(Metric.CompressedBytes, "File, compressed", "Brotli"));
        if (trial.Imported is { } imported) rows.Add(Points("As imported", "test, before any training", imported.Test, null));
        return rows;

        ValueRow Row(Metric metric, string name, string note)
        {
            double value = TrialPoints.Value(view, trial, metric), reference = dense?.Of(metric) ?? double.NaN;
            return metric is Metric.Accuracy or Metric.CorruptedAccuracy
                ? Points(name, note, value, reference)
                : new(name, note, Quantity.Of(metric, value), Quantity.Of(metric, reference), Times(value / reference), ToneOf(reference - value, reference));
        }
    }

    private static ValueRow Points(string name, string note, double? value, double? dense)
    {
        double own = value ?? double.NaN, reference = dense ?? double.NaN, gained = own - reference;
        string change = double.IsFinite(gained) ? Invariant($"{(gained < -Little ? "−" : gained > Little ? "+" : "±")}{Math.Abs(gained) * 100:0.00} pp") : "";
        return new(name, note, Quantity.Of(Metric.Accuracy, own), Quantity.Of(Metric.Accuracy, reference), change, ToneOf(gained, 1));
    }

    private static string Times(double ratio) => double.IsFinite(ratio) ? Invariant($"{ratio:0.00} ×") : "";

    private static string ToneOf(double gained, double scale) => gained > Little * scale ? "better" : gained < -Little * scale ? "worse" : "";
}
