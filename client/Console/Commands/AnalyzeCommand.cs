using System.CommandLine;
using Distributed.Client.Rendering;

namespace Distributed.Client.Commands;

/// <summary>`sweep analyze`: what can be learnt from a sweep beside its front.</summary>
/// <remarks>The silo's program computes it in one short process, so that it works the same whether a silo runs on the store or not.</remarks>
internal static class AnalyzeCommand
{
    public static Command Create(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        Command command = new("analyze", "Show how the hypervolume grew, which parameters matter, and how good the search's model is.") { sweep, store, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var state = (await SweepCommands.Find(session, new(parsed.GetValue(sweep)!), cancellation)).State;
            var analysis = await context.Silo.Analyze(RequestOf(state), cancellation);
            if (parsed.GetValue(json)) context.Write(analysis);
            else context.Output.Write(AnalysisPage.Of(analysis, state.Spec!.Objectives));
            return ExitCode.Done;
        });
        return command;
    }

    private static AnalysisRequest RequestOf(SweepState state) => state.Profile is { } profile
        ? new(state.Spec!, profile, state.Trials)
        : throw new InvalidInputException(state.Spec!.Name.Value, "its dense baseline is not measured yet", "Wait until the first trials are completed.");
}
