namespace Distributed.Dashboard;

/// <summary>What is known of how one trial learnt: from its rungs, its end, and its reports while this dashboard watched.</summary>
/// <param name="Accuracies">At rungs and at the end.</param>
/// <param name="Reports">Accuracies that were reported between them.</param>
/// <param name="Losses">Running means of the training loss. Where an attempt goes on from a checkpoint the line is broken by NaN.</param>
/// <param name="Epochs">How far the curve reaches, or will.</param>
internal sealed record LearningCurve(IReadOnlyList<LearningPoint> Accuracies, IReadOnlyList<LearningPoint> Reports, IReadOnlyList<LearningPoint> Losses, double Epochs)
{
    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => Accuracies.Count + Reports.Count + Losses.Count == 0;

    /// <summary>Of a trial.</summary>
    public static LearningCurve Of(SweepView view, TrialState trial)
    {
        List<TrialProgress> training = [.. Reported(view, trial.Id).Select(point => point.Progress).Where(progress => progress.Phase is TrialPhase.FineTuning or TrialPhase.Training)];
        var accuracies = At(view, trial).OrderBy(point => point.Epoch).ToList();
        var reports = Line(training, progress => progress.Accuracy);
        var losses = Line(training, progress => progress.Loss);
        double reached = accuracies.Concat(losses).Select(point => point.Epoch).DefaultIfEmpty(0).Max();
        return new(accuracies, reports, losses, Math.Max(reached, training.Select(progress => progress.Epochs).DefaultIfEmpty(0).Max()));
    }

    private static IEnumerable<ProgressPoint> Reported(SweepView view, TrialId trial)
    {
        IEnumerable<ProgressPoint> before = view.Curves.TryGetValue(trial, out var ended) ? ended : [];
        return view.Running.TryGetValue(trial, out var running) ? before.Concat(running.History) : before;
    }

    private static IEnumerable<LearningPoint> At(SweepView view, TrialState trial)
    {
        foreach (var rung in trial.Rungs) yield return new(rung.Epochs, rung.Accuracy, Invariant($"rung {rung.Rung}"));
        if (trial.Measurement is not { } measured) yield break;
        double epochs = trial.Id.IsDense ? view.Spec?.Baseline.Epochs ?? 0 : trial.Epochs;
        yield return new(epochs, measured.Accuracy, "as measured");
    }

    private static List<LearningPoint> Line(IEnumerable<TrialProgress> reports, Func<TrialProgress, double?> value)
    {
        List<LearningPoint> points = [];
        double last = -1;
        foreach (var report in reports)
        {
            if (value(report) is not { } known) continue;
            if (report.Epoch < last) points.Add(new(report.Epoch, double.NaN, ""));
            points.Add(new(report.Epoch, known, ""));
            last = report.Epoch;
        }

        return points;
    }
}

/// <summary>A value at an epoch.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Value">Accuracy in [0, 1], or loss.</param>
/// <param name="Label">What it was.</param>
internal readonly record struct LearningPoint(double Epoch, double Value, string Label);
