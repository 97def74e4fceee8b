namespace Distributed.Dashboard;

/// <summary>One thing in which two sweeps differ, or not.</summary>
/// <param name="Name">What it is.</param>
/// <param name="First">Of one sweep.</param>
/// <param name="Second">Of the other.</param>
/// <param name="Better">Which is the better one: -1 the first, 1 the second, 0 neither.</param>
public sealed record ComparisonRow(string Name, string First, string Second, int Better = 0)
{
    /// <summary>Budgets, bests, knees and what was spent.</summary>
    public static IReadOnlyList<ComparisonRow> Of(Comparison comparison, DateTimeOffset now)
    {
        var (first, second) = (comparison.First, comparison.Second);
        return
        [
            new("Status", PageNames.Of(first.Status), PageNames.Of(second.Status)), Both("Model", view => view.Spec!.Model.Zoo ?? Path.GetFileName(view.Spec.Model.Onnx) ?? ""),
            Both("Dataset", view => view.Spec!.Dataset.Format), Both("Sampler", view => Invariant($"{view.Spec!.Sampler.Name}, seed {view.Spec.Seed}")),
            Both("Trials", view => BudgetUse.Of(view, now).Trials), Both("Time", view => BudgetUse.Of(view, now).Time),
            Both("Stopped early", view => Invariant($"{view.Count(TrialStatus.Stopped)}")), Both("Failed", view => Invariant($"{view.Count(TrialStatus.Failed)}")),
            Both("Dense model", view => view.Dense?.Measurement is { } dense ? $"{Quantity.Percent(dense.Accuracy)}, {Quantity.Milliseconds(dense.Latency.MedianMs)}" : "–"),
            Valued("Hypervolume (shared reference)", view => comparison.Hypervolumes(view).LastOrDefault(double.NaN), value => Invariant($"{value:0.0000}")),
            Both("Models on the front", view => Invariant($"{comparison.Front(view).Count}")),
            Valued("Most accurate", view => Best(view)?.Accuracy ?? double.NaN, Quantity.Percent, view => Best(view) is { } best ? $" at {Quantity.Ratio(best.Latency.Ratio)}× latency" : ""),
            Both("Knee", view => Describe(TrialKinds.KneeOf(view)?.Measurement)), Both("Fastest on the front", view => Describe(Fastest(view))),
        ];

        ComparisonRow Both(string name, Func<SweepView, string> text) => new(name, text(first), text(second));

        ComparisonRow Valued(string name, Func<SweepView, double> value, Func<double, string> text, Func<SweepView, string>? more = null)
        {
            double one = value(first), other = value(second);
            return new(name, Text(one, first), Text(other, second), one > other ? -1 : one < other ? 1 : 0);

            string Text(double number, SweepView view) => double.IsFinite(number) ? text(number) + more?.Invoke(view) : "–";
        }
    }

    private static IEnumerable<Measurement> Front(SweepView view) => view.Front.Select(id => view.Trial(id.Number)?.Measurement).OfType<Measurement>();

    private static Measurement? Best(SweepView view) => Front(view).MaxBy(measured => measured.Accuracy);

    private static Measurement? Fastest(SweepView view) => Front(view).MinBy(measured => measured.Latency.Ratio);

    private static string Describe(Measurement? measured) => measured is null ? "–" : $"{Quantity.Percent(measured.Accuracy)} at {Quantity.Ratio(measured.Latency.Ratio)}× latency";
}
