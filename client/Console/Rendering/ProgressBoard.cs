using Distributed.Client.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>A running sweep at a glance.</summary>
internal static class ProgressBoard
{
    private const int BarWidth = 32;
    private const int Gap = 2;

    /// <summary>The board for a terminal that redraws it.</summary>
    /// <param name="picture">The sweep.</param>
    /// <param name="now">The time.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="mostRunning">Lines for running trials; the rest of them are counted.</param>
    public static IRenderable Of(SweepPicture picture, DateTimeOffset now, int width, int mostRunning = int.MaxValue)
    {
        var all = picture.Running;
        int shown = all.Count <= mostRunning ? all.Count : Math.Max(0, mostRunning - 1);
        List<(string Name, string Bar, string Text)> rows =
        [
            ($"{picture.State.Spec?.Name}", "", Overall(picture, now)),
            ("trials", Trials(picture), Counts(picture)),
            ("front", "", Front(picture)),
            .. all.Take(shown).Select(running => (EventText.Name(running.Trial), Bar(Part(running.Progress), 0), Activity(running.Progress))),
        ];
        if (shown < all.Count) rows.Add(("", "", $"and {all.Count - shown} more"));
        int left = width - rows.Max(row => row.Name.Length) - Gap;
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().Padding(0, 0, Gap, 0)).AddColumn(new GridColumn().NoWrap().Padding(0, 0, 0, 0));
        foreach (var (i, (name, bar, text)) in rows.Index())
        {
            string standing = Markup.Escape(OneLine.Of(text, bar.Length > 0 ? left - BarWidth - 1 : left));
            grid.AddRow(new Text(name, i == 0 ? new Style(decoration: Decoration.Bold) : Style.Plain), new Markup(bar.Length > 0 ? $"{bar} {standing}" : standing));
        }

        return grid;
    }

    /// <summary>The same in one line, for a log.</summary>
    public static string Line(SweepPicture picture, DateTimeOffset now)
    {
        var running = picture.Running.Select(trial => $"{EventText.Name(trial.Trial)}: {Activity(trial.Progress)}");
        return string.Join(" | ", [Overall(picture, now), Counts(picture), Front(picture), .. running]);
    }

    private static string Overall(SweepPicture picture, DateTimeOffset now)
    {
        string status = SweepFiles.Vocabulary.NameOf(picture.State.Status);
        string left = TimeLeft.Of(picture, now) is { } time ? $", about {Quantity.Clock(time)} left" : "";
        string lost = picture.LostSince is { } since ? Invariant($"; the silo does not answer since {since.UtcDateTime:HH:mm:ss} UTC, trying again") : "";
        return $"{status}, {Quantity.Clock(picture.ElapsedAt(now))}{left}{lost}";
    }

    private static string Trials(SweepPicture picture)
    {
        int closed = picture.State.Trials.Count(trial => trial.IsClosed && !trial.Id.IsDense);
        int all = picture.State.Spec?.Budget.Trials ?? Math.Max(1, picture.State.Trials.Count - 1);
        return Bar((double)closed / all, picture.Count(TrialStatus.Running) / (double)all);
    }

    private static string Counts(SweepPicture picture)
    {
        string of = picture.State.Spec?.Budget.Trials is { } trials ? $" of {trials}" : "";
        string failed = picture.Count(TrialStatus.Failed) is > 0 and var count ? $", {count} failed" : "";
        return $"{picture.Count(TrialStatus.Completed)} done, {picture.Count(TrialStatus.Stopped)} stopped{failed}, {picture.Count(TrialStatus.Running)} running{of}";
    }

    private static string Front(SweepPicture picture) => picture.State.Front.Count == 0
        ? "empty"
        : Invariant($"front of {picture.State.Front.Count}, hypervolume {picture.State.Hypervolume:0.####}");

    private static string Activity(TrialProgress? progress)
    {
        if (progress is null) return "starting";
        List<string> words = [SweepFiles.Vocabulary.NameOf(progress.Phase)];
        if (progress.Epochs > 0) words.Add(Invariant($"epoch {progress.Epoch:0.0} of {progress.Epochs:0.#}"));
        if (progress.Loss is { } loss) words.Add(Invariant($"loss {loss:0.000}"));
        if (progress.Accuracy is { } accuracy) words.Add($"accuracy {Quantity.Percent(accuracy)}");
        if (progress.ImagesPerSecond is { } speed) words.Add(Invariant($"{speed:0} images/s"));
        return string.Join(", ", words);
    }

    private static double Part(TrialProgress? progress) => progress is { Epochs: > 0 } ? progress.Epoch / progress.Epochs : 0;

    private static string Bar(double done, double running)
    {
        int full = Math.Clamp((int)Math.Round(done * BarWidth), 0, BarWidth);
        int half = Math.Clamp((int)Math.Ceiling(running * BarWidth), 0, BarWidth - full);
        return $"[green]{new string('━', full)}[/][blue]{new string('━', half)}[/][grey]{new string('─', BarWidth - full - half)}[/]";
    }
}
