using Distributed.Client.SweepFiles;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`sweep analyze`.</summary>
internal static class AnalysisPage
{
    private const int Steps = 10;
    private const int BarWidth = 20;

    /// <param name="analysis">What was learnt.</param>
    /// <param name="objectives">The sweep's.</param>
    public static IRenderable Of(SweepAnalysis analysis, IReadOnlyList<Objective> objectives) =>
        new Rows(History(analysis.Hypervolume), Importance(analysis.Importance, objectives), Calibration(analysis.Calibration));

    /// <summary>About ten lines, the last trial always among them.</summary>
    private static IRenderable History(IReadOnlyList<HypervolumeAfter> history)
    {
        if (history.Count == 0) return new Text("No trial is closed yet.");
        double most = history.Max(step => step.Hypervolume);
        int stride = (history.Count + Steps - 1) / Steps;
        var table = new Table().RoundedBorder().AddColumn(new TableColumn("trials closed").RightAligned())
            .AddColumn(new TableColumn("hypervolume").RightAligned()).AddColumn("");
        foreach (int i in Enumerable.Range(0, history.Count).Where(i => i == history.Count - 1 || (i + 1) % stride == 0))
            table.AddRow(Invariant($"{i + 1}"), Invariant($"{history[i].Hypervolume:0.####}"), Bar(most > 0 ? history[i].Hypervolume / most : 0));
        return table;
    }

    private static IRenderable Importance(IReadOnlyList<ImportanceOfParameter> importance, IReadOnlyList<Objective> objectives)
    {
        if (importance.Count == 0) return new Text("Too few trials are completed to tell which parameters matter.");
        var table = new Table().RoundedBorder().AddColumn("parameter").AddColumn(new TableColumn("for the front").RightAligned()).AddColumn("");
        foreach (var objective in objectives) table.AddColumn(new TableColumn($"for {Vocabulary.NameOf(objective.Metric)}").RightAligned());
        foreach (var one in importance)
            table.AddRow([new Text(one.Parameter), Share(one.Front, importance.Sum(all => all.Front)), new Text(Bar(one.Front)), .. one.Objectives.Select((share, k) => Share(share, importance.Sum(all => all.Objectives[k])))]);
        return table;
    }

    private static IRenderable Calibration(IReadOnlyList<ModelCalibration> calibration)
    {
        if (calibration.Count == 0) return new Text("Nothing is modelled yet.");
        var table = new Table().RoundedBorder().AddColumn("model of").AddColumn(new TableColumn("trials").RightAligned());
        foreach (string column in (string[])["explained", "error", "in 68 %", "in 95 %", "spread"]) table.AddColumn(new TableColumn(column).RightAligned());
        table.AddColumn("verdict");
        foreach (var model in calibration)
            table.AddRow(
                Vocabulary.NameOf(model.Metric), $"{model.Trials}", Percent(model.Explained), Quantity.Significant(model.Error),
                Percent(model.Within68), Percent(model.Within95), Quantity.Significant(model.Spread), Verdict(model));
        return table;
    }

    /// <summary>A standardised error twice as large as foretold, or a model that foretells no better than the mean, is worth a word.</summary>
    private static string Verdict(ModelCalibration model) => model switch
    {
        { Explained: < 0.1 } => "foretells little: the search is nearly blind",
        { Spread: > 2 } => "trusts itself too much",
        { Spread: < 0.5 } => "trusts itself too little",
        _ => "sound",
    };

    /// <summary>Shares that are all 0 tell nothing, as where all trials are alike.</summary>
    private static Text Share(double share, double sum) => new(sum > 0 ? Percent(share) : "–");

    private static string Percent(double part) => Invariant($"{100 * part:0} %");

    private static string Bar(double part) => new('█', (int)Math.Round(Math.Clamp(part, 0, 1) * BarWidth));
}
