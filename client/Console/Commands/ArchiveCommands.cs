using System.CommandLine;
using Distributed.Artifacts;

namespace Distributed.Client.Commands;

/// <summary>`sweep export`, `sweep import`, `sweep repair`: a sweep as one file, and a log that was damaged.</summary>
internal static class ArchiveCommands
{
    private const int Shown = 10;

    public static Command Export(ConsoleContext context)
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        Option<string?> output = new("--output", "-o") { HelpName = "FILE", Description = "The archive. Default: ./SWEEP.tar." };
        Option<bool> data = new("--with-data") { Description = "Put the dataset and the model that were pushed for it into the archive too." };
        Command command = new("export", "Write a sweep, its log and its files, as one tar archive.") { sweep, store, output, data };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            string path = Path.GetFullPath(parsed.GetValue(output) ?? $"{id}.tar", context.WorkingDirectory);
            var files = await context.Sessions.Files(parsed.GetValue(store)!, make: false, cancellation);
            var (records, count) = await SweepExport.Write(files, id, path, parsed.GetValue(data), Progress(context), cancellation);
            context.Print(Invariant($"{context.Relative(path)}: {records} records, {count} files"));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Import(ConsoleContext context)
    {
        Argument<string> file = new("FILE") { Description = "An archive that 'sweep export' wrote." };
        var store = CommonOptions.Store();
        Command command = new("import", "Read an exported sweep into a store that has none of its name.") { file, store };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            string path = Path.GetFullPath(parsed.GetValue(file)!, context.WorkingDirectory);
            if (!File.Exists(path)) throw new InvalidInputException(path, "there is no such file", "Give an archive that 'sweep export' wrote.");
            var files = await context.Sessions.Files(parsed.GetValue(store)!, make: true, cancellation);
            var (id, records, count) = await SweepImport.Read(files, path, Progress(context), cancellation);
            context.Print(Invariant($"{id}: {records} records, {count} files"));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Repair(ConsoleContext context)
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        Command command = new("repair", "Set the damaged part of a sweep's log aside and keep everything before it.") { sweep, store };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            var files = await context.Sessions.Files(parsed.GetValue(store)!, make: false, cancellation);
            if (await files.Quarantine(id, cancellation) is { } found)
            {
                context.Say(found.Damage);
                context.Print(Invariant($"{id}: the first {found.Kept} records are kept; what was damaged lies in {found.Aside}"));
            }
            else
            {
                await Known(files.Logs, id, cancellation);
                context.Print($"{id}: nothing is damaged");
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A sweep that is not there is not whole.</summary>
    private static async Task Known(ISweepLogStore logs, SweepId id, CancellationToken cancellation)
    {
        var known = await logs.List(cancellation);
        if (!known.Contains(id)) throw SweepCommands.Missing(id, [.. known.Select(sweep => sweep.Value)]);
    }

    /// <summary>Tells of every tenth of the files.</summary>
    private static Action<int, int> Progress(ConsoleContext context)
    {
        int told = 0;
        return (done, all) =>
        {
            if (done * Shown / all == told) return;
            told = done * Shown / all;
            context.Say(Invariant($"{done} of {all} files"));
        };
    }
}
