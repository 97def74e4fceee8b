using Distributed.Client.Sessions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Distributed.Client.Rendering;

/// <summary>A running sweep at a glance.</summary>
internal static class ProgressBoard
{
    private const int BarWidth = 32;

    /// <summary>The board for a terminal that redraws it.</summary>
    public static IRenderable Of(SweepPicture picture, DateTimeOffset now)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(2)).AddColumn(new GridColumn().NoWrap());
        grid.AddRow(new Markup($"[bold]{picture.State.Spec?.Name}[/]"), new Markup(Markup.Escape(Overall(picture, now))));
        grid.AddRow(new Text("trials"), new Markup(Trials(picture)));
        grid.AddRow(new Text("front"), new Text(Front(picture)));
        foreach (var running in picture.Running)
            grid.AddRow(new Text(Name(running.Trial)), new Markup($"{Bar(Part(running.Progress), 0)} {Markup.Escape(Activity(running.Progress))}"));
        return grid;
    }

    /// <summary>The same in one line, for a log.</summary>
    public static string Line(SweepPicture picture, DateTimeOffset now)
    {
        var running = picture.Running.Select(trial => $"{Name(trial.Trial)}: {Activity(trial.Progress)}");
        return string.Join(" | ", [Overall(picture, now), Counts(picture), Front(picture), .. running]);
    }

    private static string Overall(SweepPicture picture, DateTimeOffset now)
    {
        string status = SweepFiles.Vocabulary.NameOf(picture.State.Status);
        string left = TimeLeft.Of(picture, now) is { } time ? $", about {Figures.Clock(time)} left" : "";
        return $"{status}, {Figures.Clock(picture.ElapsedAt(now))}{left}";
    }

    private static string Trials(SweepPicture picture)
    {
        int closed = picture.State.Trials.Count(trial => trial.IsClosed && !trial.Id.IsDense);
        int all = picture.State.Spec?.Budget.Trials ?? Math.Max(1, picture.State.Trials.Count - 1);
        return $"{Bar((double)closed / all, picture.Count(TrialStatus.Running) / (double)all)} {Markup.Escape(Counts(picture))}";
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

    private static string Name(TrialId trial) => trial.IsDense ? "dense" : $"trial {trial}";

    private static string Activity(TrialProgress? progress)
    {
        if (progress is null) return "starting";
        List<string> words = [SweepFiles.Vocabulary.NameOf(progress.Phase)];
        if (progress.Epochs > 0) words.Add(Invariant($"epoch {progress.Epoch:0.0} of {progress.Epochs:0.#}"));
        if (progress.Loss is { } loss) words.Add(Invariant($"loss {loss:0.000}"));
        if (progress.Accuracy is { } accuracy) words.Add($"accuracy {Figures.Percent(accuracy)}");
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
