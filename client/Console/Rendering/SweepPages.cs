using Distributed.Client.Selection;
using Distributed.Client.Sessions;
using Distributed.Client.SweepFiles;
using Distributed.Contracts;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>`sweep list` and `sweep show`.</summary>
internal static class SweepPages
{
    /// <summary>One line a sweep.</summary>
    public static IRenderable List(IEnumerable<SweepSummary> sweeps)
    {
        var table = new Table().RoundedBorder().AddColumns("sweep", "status");
        foreach (string column in (string[])["trials", "front", "hypervolume", "weight", "priority", "launched (UTC)"])
            table.AddColumn(new TableColumn(column).RightAligned().NoWrap());
        foreach (var sweep in sweeps)
            table.AddRow(
                sweep.Name.Value,
                Vocabulary.NameOf(sweep.Status),
                sweep.Trials is { } trials ? $"{sweep.Closed} of {trials}" : $"{sweep.Closed}",
                $"{sweep.Front}",
                Invariant($"{sweep.Hypervolume:0.####}"),
                Invariant($"{sweep.Weight:0.###}"),
                Invariant($"{sweep.Priority}"),
                Invariant($"{sweep.Launched.UtcDateTime:yyyy-MM-dd HH:mm}"));
        return table;
    }

    /// <summary>One sweep: what it is, its trials, its front.</summary>
    public static IRenderable Show(SweepPicture picture, DateTimeOffset now)
    {
        var state = picture.State;
        var spec = state.Spec!;
        string reason = state.StatusReason.Length > 0 ? $": {state.StatusReason}" : "";
        var facts = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn();
        Fact("sweep", spec.Name.Value);
        Fact("status", $"{Vocabulary.NameOf(state.Status)}{reason}");
        Fact("share", Invariant($"weight {state.Weight:0.###}, priority {state.Priority}"));
        Fact("ran", Quantity.Clock(picture.ElapsedAt(now)));
        Fact("model", spec.Model.Zoo ?? spec.Model.Onnx ?? "");
        Fact("dataset", spec.Dataset.Path is { } path ? $"{spec.Dataset.Format}, {path}" : spec.Dataset.Format);
        if (spec.Hardware is { } hardware) Fact("hardware", Hardware(hardware));
        if (state.Profile is { Quantum: > 1 } profile) Fact("quantum", Invariant($"{profile.Quantum} channels, by the timings of the baseline's host"));
        Fact("objectives", string.Join(", ", spec.Objectives.Select(goal => $"{Vocabulary.NameOf(goal.Metric)} ({Vocabulary.NameOf(goal.Direction)})")));
        Fact("hypervolume", ReferencePoint.Unreached(state) is { } unreached ? $"0: {unreached}" : Invariant($"{state.Hypervolume:0.####}"));
        return new Rows(facts, Trials(state), FrontTable.Of(FrontView.Of(state), state.Profile));

        void Fact(string name, string value) => facts.AddRow(new Text(name, new Style(decoration: Decoration.Dim)), new Text(value));
    }

    private static string Hardware(HardwareSpec hardware) => Invariant(
        $"{hardware.Preset}: widths {Vocabulary.NameOf(hardware.Granularity)}, quantum {hardware.Quantum?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "detected"}, depth weight {hardware.DepthWeight}");

    private static Table Trials(SweepState state)
    {
        var table = new Table().RoundedBorder();
        table.AddColumn(new TableColumn("trial").RightAligned());
        table.AddColumn("status").AddColumn(new TableColumn("accuracy").RightAligned()).AddColumn(new TableColumn("ratio").RightAligned());
        table.AddColumn("candidate").AddColumn("why");
        foreach (var trial in state.Trials)
            table.AddRow([.. Cells(trial, state.Profile).Select(cell => new Text(cell))]);
        return table;
    }

    private static string[] Cells(TrialState trial, ModelProfile? profile) =>
    [
        trial.Id.ToString(),
        Vocabulary.NameOf(trial.Status),
        (trial.Measurement?.Accuracy ?? (trial.Rungs.Count > 0 ? trial.Rungs[^1].Accuracy : null)) is { } accuracy ? Quantity.Percent(accuracy) : "",
        trial.Measurement is { } measured ? Quantity.Ratio(measured.Latency.Ratio) : "",
        CandidateText.Of(trial, profile),
        trial.Ending ?? trial.Reason,
    ];
}
