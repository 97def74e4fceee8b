using System.CommandLine;
using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Selection;

namespace Distributed.Client.Commands;

/// <summary>`model pull`, `model push`, `model inspect`, and what other files add: `model report`, `model measure`, `model evaluate`, `model prune`.</summary>
internal static class ModelCommands
{
    public static Command Create(ConsoleContext context) => new("model", "Get models out of sweeps and look into ONNX files.")
    {
        Pull(context), PushCommands.Model(context), ModelReportCommand.Create(context), Inspect(context), SingleModelCommands.Measure(context), SingleModelCommands.Evaluate(context), PruneCommand.Create(context),
    };

    private static Command Pull(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        ModelChoiceOptions choice = new();
        var output = CommonOptions.ModelsFolder();
        Command command = new("pull", "Write models of a sweep, each with plan.json and lineage.json.") { sweep, store, json, output };
        choice.AddTo(command);
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var picture = await SweepCommands.Find(session, id, cancellation);
            var wanted = choice.Of(parsed);
            var trials = wanted.In(picture.State);
            string folder = Path.GetFullPath(parsed.GetValue(output) ?? $"{id}-models", context.WorkingDirectory);
            var written = wanted is ModelChoice.All
                ? await ModelFiles.WriteAll(trials, session.Artifacts, folder, cancellation)
                : new Dictionary<TrialId, string> { [trials[0].Id] = await ModelFiles.Write(trials[0], session.Artifacts, folder, cancellation) };
            foreach (var trial in trials) Tell(context, FrontModel.Of(trial, context.Relative(written[trial.Id])), parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Tell(ConsoleContext context, FrontModel model, bool json)
    {
        if (json) context.Write(model);
        else context.Print(
            $"{model.Model}: accuracy {Quantity.Percent(model.Accuracy)}, {Quantity.Ratio(model.LatencyRatio)} of the dense latency, {Quantity.Size(model.Bytes)}");
    }

    private static Command Inspect(ConsoleContext context)
    {
        Argument<string> file = new("FILE") { Description = "An ONNX file." };
        var json = CommonOptions.Json();
        Command command = new("inspect", "Show the layers of an ONNX file, their costs, what can be pruned, and what is pinned and why.") { file, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new InvalidInputException(path, "there is no such file", "Give the path of an ONNX file.");
            var inspection = await context.Silo.Inspect(Path.GetFullPath(path), cancellation);
            if (parsed.GetValue(json)) context.Write(inspection);
            else context.Output.Write(InspectionPage.Of(inspection));
            return ExitCode.Done;
        });
        return command;
    }
}
