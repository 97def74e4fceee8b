using System.CommandLine;
using Distributed.Client.Dashboards;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Commands;

/// <summary>`run FILE`: a sweep from its file to its models, on a silo of its own.</summary>
internal static class RunCommand
{
    public static Command Create(ConsoleContext context)
    {
        var file = CommonOptions.File();
        var store = CommonOptions.Store();
        var data = CommonOptions.Data();
        var model = CommonOptions.Model();
        Option<bool> fresh = new("--fresh") { Description = "Remove what this sweep left in the store and start anew." };
        var json = CommonOptions.Json();
        var slots = Slots();
        Option<string?> output = new("--output", "-o") { HelpName = "DIR", Description = "Where the front's models are written. Default: ./SWEEP-front." };
        var (dashboard, port) = (DashboardCommand.Beside(), DashboardCommand.Port());
        Command command = new("run", "Run a sweep on this machine, or go on with it, and write the models of its front.")
        {
            file, store, data, model, fresh, json, slots, output, dashboard, port,
        };
        command.SetGuardedAction(context, (parsed, _) =>
        {
            SweepFileOverrides overrides = new(parsed.GetValue(data), parsed.GetValue(model));
            RunRequest request = new(parsed.GetValue(store)!, parsed.GetValue(slots), parsed.GetValue(json), parsed.GetValue(output));
            var spec = SweepFile.Read(parsed.GetValue(file)!, overrides);
            Task<int> Run() => new SweepRunner(context).Run(spec, parsed.GetValue(fresh), request);
            return parsed.GetValue(dashboard) ? new DashboardBeside(context, request.Store).Run(parsed.GetValue(port), page: null, Run) : Run();
        });
        return command;
    }

    /// <summary>--slots N.</summary>
    public static Option<int?> Slots()
    {
        Option<int?> slots = new("--slots") { HelpName = "N", Description = "Trials at a time. Default: what suits the machine." };
        slots.Validators.Add(result =>
        {
            if (result.GetValue(slots) is < 1 or > 256) result.AddError("--slots must be 1 to 256.");
        });
        return slots;
    }
}

/// <summary>How a sweep is run.</summary>
/// <param name="Store">The folder of logs and artifacts.</param>
/// <param name="Slots">Trials at a time, or null.</param>
/// <param name="Json">Whether the result is written as JSON.</param>
/// <param name="Output">Where models go, or null for the default.</param>
internal sealed record RunRequest(string Store, int? Slots, bool Json, string? Output);
