using System.CommandLine;
using Distributed.Client.Dashboards;
using Distributed.Client.Rendering;
using Distributed.Client.Reports;
using Distributed.Client.Sessions;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Commands;

/// <summary>`sweep launch|list|show|analyze|watch|pause|resume|set|cancel|export|import|repair`.</summary>
internal static class SweepCommands
{
    public static Command Create(ConsoleContext context) => new("sweep", "Look at sweeps and steer them.")
    {
        Launch(context), List(context), Show(context), AnalyzeCommand.Create(context), Watch(context), Pause(context), Resume(context), ShareCommand.Create(context), Cancel(context),
        ArchiveCommands.Export(context), ArchiveCommands.Import(context), ArchiveCommands.Repair(context),
    };

    /// <summary>The sweep of a name, or an error that names those there are.</summary>
    public static async Task<SweepPicture> Find(ISweepSession session, SweepId sweep, CancellationToken cancellation)
    {
        if (await session.Load(sweep, cancellation) is { } picture) return picture;
        var known = (await session.List(cancellation)).Select(summary => summary.Name.Value).ToList();
        throw Missing(sweep, known);
    }

    /// <summary>The error of a name that no sweep has.</summary>
    public static InvalidInputException Missing(SweepId sweep, IReadOnlyList<string> known) => new(
        sweep.Value, "there is no such sweep in the store", known.Count == 0 ? "The store is empty: start one with 'run FILE', or give --store." : Spelling.Remedy(sweep.Value, known));

    private static Command Launch(ConsoleContext context)
    {
        var file = CommonOptions.File();
        var (store, data, model) = (CommonOptions.Store(), CommonOptions.Data(), CommonOptions.Model());
        Command command = new("launch", "Launch a sweep on the silo that runs on the store, and leave it there.") { file, store, data, model };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            var spec = SweepFile.Read(parsed.GetValue(file)!, new(parsed.GetValue(data), parsed.GetValue(model)));
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            await session.Launch(await new SweepInputs(context).ToLaunch(spec, session, cancellation), cancellation);
            context.Say($"Launched '{spec.Name}'; 'sweep watch {spec.Name}' follows it.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(ConsoleContext context)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        Command command = new("list", "List the sweeps of a store.") { store, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var sweeps = await session.List(cancellation);
            if (parsed.GetValue(json)) foreach (var sweep in sweeps) context.Write(SummaryReport.Of(sweep));
            else if (sweeps.Count == 0) context.Say(context.Sessions.IsCluster ? "The cluster has no sweeps." : $"The store '{parsed.GetValue(store)}' holds no sweeps.");
            else context.Output.Write(SweepPages.List(sweeps));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        Command command = new("show", "Show one sweep: its status, its trials, its front.") { sweep, store, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var picture = await Find(session, new(parsed.GetValue(sweep)!), cancellation);
            if (parsed.GetValue(json)) context.Write(SweepReport.Of(picture, context.Now));
            else context.Output.Write(SweepPages.Show(picture, context.Now));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Watch(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        Option<bool> open = new("--open") { Description = "Serve the dashboard meanwhile and open the sweep's page in a browser." };
        var port = DashboardCommand.Port();
        Command command = new("watch", "Follow a running sweep until it has ended.") { sweep, store, json, open, port };
        command.SetGuardedAction(context, (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            Task<int> Follow() => new SweepWatch(context).Follow(parsed.GetValue(store)!, id, parsed.GetValue(json), cancellation);
            return parsed.GetValue(open) ? new DashboardBeside(context, parsed.GetValue(store)!).Run(parsed.GetValue(port), $"sweeps/{id}", Follow) : Follow();
        });
        return command;
    }

    private static Command Pause(ConsoleContext context) => Change(
        context, "pause", "Pause a running sweep: its trials write a checkpoint.", (session, sweep, cancellation) => session.Pause(sweep, "paused by the user", cancellation));

    private static Command Cancel(ConsoleContext context) => Change(
        context, "cancel", "End a running sweep for good; what is finished stays.", (session, sweep, cancellation) => session.Cancel(sweep, "cancelled by the user", cancellation));

    private static Command Change(ConsoleContext context, string name, string description, Func<ISweepSession, SweepId, CancellationToken, Task> change)
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        Command command = new(name, description) { sweep, store };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            await Find(session, id, cancellation);
            await change(session, id, cancellation);
            context.Say($"'{id}': {name} is done.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Resume(ConsoleContext context)
    {
        var (sweep, store, json, slots) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json(), RunCommand.Slots());
        Command command = new("resume", "Go on with a paused sweep: on the silo that runs on the store, or else here as 'run' does.") { sweep, store, json, slots };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            SweepSpec spec;
            await using (var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation))
            {
                spec = (await Find(session, id, cancellation)).State.Spec!;
                if (session.IsLive)
                {
                    await session.Resume(id, cancellation);
                    context.Say($"'{id}' goes on; 'sweep watch {id}' follows it.");
                    return ExitCode.Done;
                }
            }

            RunRequest request = new(parsed.GetValue(store)!, parsed.GetValue(slots), parsed.GetValue(json), Output: null);
            return await new SweepRunner(context).Run(spec, fresh: false, request);
        });
        return command;
    }
}
