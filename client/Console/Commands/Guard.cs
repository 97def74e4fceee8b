using System.CommandLine;
using Distributed.Client.Sessions;
using Distributed.Client.SweepFiles;
using Spectre.Console;

namespace Distributed.Client.Commands;

/// <summary>The one place where errors become messages and exit codes.</summary>
internal static class Guard
{
    /// <summary>Sets what a command does; everything a user can cause ends in a message, never in a stack trace.</summary>
    public static void SetGuardedAction(this Command command, ConsoleContext context, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction((parsed, _) => Run(context, () =>
        {
            context.Cluster?.Choose(parsed.GetValue(CommonOptions.Cluster), parsed.GetValue(CommonOptions.Wait));
            return action(parsed, context.Interrupted);
        }));

    private static async Task<int> Run(ConsoleContext context, Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (OperationCanceledException) when (context.Interrupted.IsCancellationRequested)
        {
            context.Say("Interrupted.");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is InvalidInputException or InvalidSweepFileException or LogCorruptException)
        {
            return Report(context, error, ExitCode.BadInput);
        }
        catch (Exception error) when (error is ClusterUnreachableException or StoreUnavailableException)
        {
            return Report(context, error, ExitCode.Unreachable);
        }
        catch (Exception error) when (error is SiloFailedException or IOException or UnauthorizedAccessException)
        {
            return Report(context, error, ExitCode.Failed);
        }
    }

    private static int Report(ConsoleContext context, Exception error, int code)
    {
        context.Messages.Write(new Text("error: ", new Style(Color.Red, decoration: Decoration.Bold)));
        context.Say(error.Message);
        return code;
    }
}
