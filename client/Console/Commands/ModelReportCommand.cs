using System.CommandLine;
using Distributed.Artifacts;
using Distributed.Client.Reports;
using Distributed.Client.Sessions;

namespace Distributed.Client.Commands;

/// <summary>`model report SWEEP`: pulls models and tells what became of them, as report.json and report.html beside each.</summary>
internal static class ModelReportCommand
{
    public static Command Create(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        ModelChoiceOptions choice = new();
        var output = CommonOptions.ModelsFolder();
        Command command = new("report", "Pull models of a sweep and report what became of the network: layers, latency, sensitivity, changed answers.") { sweep, store, json, output };
        choice.AddTo(command);
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var picture = await SweepCommands.Find(session, id, cancellation);
            var wanted = choice.Of(parsed);
            var trials = wanted.In(picture.State);
            string folder = Path.GetFullPath(parsed.GetValue(output) ?? $"{id}-models", context.WorkingDirectory);
            string dense = Path.Combine(Path.GetTempPath(), $"dense-{Guid.NewGuid():N}.onnx");
            try
            {
                await ArtifactDownload.ToFile(session.Artifacts, picture.State.Dense!.Artifacts!.Model, dense, cancellation);
                var data = await context.Sessions.DataOf(picture.State.Spec!, parsed.GetValue(store)!, cancellation);
                foreach (var trial in trials)
                {
                    string into = wanted is Selection.ModelChoice.All ? ModelFiles.FolderOf(trial, folder) : folder;
                    string model = await ModelFiles.Write(trial, session.Artifacts, into, cancellation);
                    var report = await context.Silo.Report(model, dense, data, step => context.Say($"trial {trial.Id}: {step}"), cancellation);
                    report = report.Of(context.Relative(model), trial);
                    string page = await ReportFiles.Write(report, into, cancellation);
                    if (parsed.GetValue(json)) context.Write(report);
                    else context.Print(Line(report, context.Relative(page)));
                }
            }
            finally
            {
                File.Delete(dense);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Line(ModelReport report, string page) =>
        Invariant($"{page}: {Quantity.Percent(report.Pruned.Accuracy)} (dense {Quantity.Percent(report.Dense.Accuracy)}), ")
        + Invariant($"{report.Agreement.Images - report.Agreement.Same} of {report.Agreement.Images} answers changed, {report.Agreement.Lost} for the worse");
}
