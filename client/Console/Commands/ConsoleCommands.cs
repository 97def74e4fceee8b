using System.CommandLine;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Commands;

/// <summary>The command line.</summary>
internal static class ConsoleCommands
{
    /// <summary>Runs a command line.</summary>
    /// <returns>Its exit code; see <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(IReadOnlyList<string> arguments, ConsoleContext context)
    {
        var root = Root(context);
        // Files that start with '@' are files, not lists of arguments.
        var parsed = root.Parse(arguments, new() { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) context.Say($"error: {UsageError.Of(error.Message)}");
            if (Meant(parsed) is { } meant) context.Say($"Did you mean '{meant}'?");
            context.Say("'--help' after any command tells its arguments.");
            return ExitCode.BadInput;
        }

        // The console handles signals itself: the first one pauses.
        return await parsed.InvokeAsync(new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
            Output = context.Lines,
        });
    }

    private static RootCommand Root(ConsoleContext context) => new(
        "Finds the Pareto front of accuracy against latency over pruned versions of a trained network, and hands any of them back as an ONNX file.")
    {
        RunCommand.Create(context),
        SweepCommands.Create(context),
        FrontCommand.Create(context),
        ModelCommands.Create(context),
        PushCommands.Data(context),
        TrialCommands.Create(context),
        ClusterCommand.Create(context),
        DashboardCommand.Create(context),
        CommonOptions.Cluster,
        CommonOptions.Wait,
    };

    private static string? Meant(ParseResult parsed)
    {
        var known = parsed.CommandResult.Command.Subcommands.Select(command => command.Name)
            .Concat(parsed.CommandResult.Command.Options.Select(option => option.Name));
        return parsed.UnmatchedTokens.Count > 0 ? Spelling.Nearest(parsed.UnmatchedTokens[0], known) : null;
    }
}
