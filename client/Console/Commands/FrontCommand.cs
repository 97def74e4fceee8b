using System.CommandLine;
using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Selection;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>`front SWEEP`: the front as it stands.</summary>
internal static class FrontCommand
{
    public static Command Create(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        Option<bool> csv = new("--csv") { Description = "Write comma-separated values on standard output." };
        Option<string?> png = new("--png") { HelpName = "FILE", Description = "Draw the front over its objectives into a PNG file." };
        Option<string?> svg = new("--svg") { HelpName = "FILE", Description = "Draw the front over its objectives into an SVG file." };
        Command command = new("front", "Show the Pareto front of a sweep, the fastest (without a latency objective, the cheapest) first.") { sweep, store, json, csv, png, svg };
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) && result.GetValue(csv)) result.AddError("Give --json or --csv, not both.");
        });
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var picture = await SweepCommands.Find(session, new(parsed.GetValue(sweep)!), cancellation);
            var view = FrontView.Of(picture.State);
            if (parsed.GetValue(json)) foreach (var trial in view.Models) context.Write(FrontModel.Of(trial));
            else if (parsed.GetValue(csv)) foreach (string line in FrontCsv.Lines(view.Models.Select(trial => FrontModel.Of(trial)))) context.Lines.WriteLine(line);
            else if (parsed.GetValue(png) is null && parsed.GetValue(svg) is null) Show(context, picture, view);
            if (parsed.GetValue(png) is { } bitmap) Draw(context, bitmap, path => FrontImage.WritePng(view, picture.State.Spec!, path));
            if (parsed.GetValue(svg) is { } drawing) Draw(context, drawing, path => FrontImage.WriteSvg(view, picture.State.Spec!, path));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Show(ConsoleContext context, SweepPicture picture, FrontView view)
    {
        if (view.Models.Count == 0)
            context.Say(view.Nearest is { Measurement: { } nearest } trial
                ? $"No model meets every constraint. The nearest is trial {trial.Id}: {Feasibility.Missed(nearest, Feasibility.BoundsOf(picture.State.Spec))}."
                : "The front is still empty.");
        context.Output.Write(FrontPlot.Of(view, context.Output.Profile.Width));
        context.Output.Write(FrontTable.Of(view, picture.State.Profile));
    }

    private static void Draw(ConsoleContext context, string file, Action<string> write)
    {
        string path = Path.GetFullPath(file, context.WorkingDirectory);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        write(path);
        context.Say($"Drew {context.Relative(path)}.");
    }
}
