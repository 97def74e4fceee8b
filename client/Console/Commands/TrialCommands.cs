using System.CommandLine;
using Distributed.Client.Rendering;

namespace Distributed.Client.Commands;

/// <summary>`trial show SWEEP N`.</summary>
internal static class TrialCommands
{
    public static Command Create(ConsoleContext context)
    {
        var (sweep, store, json) = (CommonOptions.Sweep(), CommonOptions.Store(), CommonOptions.Json());
        Argument<int> number = new("N") { Description = "The trial's number; 0 is the dense model." };
        Command show = new("show", "Show one trial: what was tried, its attempts, its rungs, its values and files.") { sweep, number, store, json };
        show.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var state = (await SweepCommands.Find(session, new(parsed.GetValue(sweep)!), cancellation)).State;
            int n = parsed.GetValue(number);
            if (n < 0 || n >= state.Trials.Count)
                throw new InvalidInputException($"trial {n}", "there is no such trial", $"'{state.Spec!.Name}' has {state.Trials.Count}, numbered from 0 (the dense model).");
            if (parsed.GetValue(json)) context.Write(state.Trials[n]);
            else context.Output.Write(TrialPage.Of(state.Trials[n], state.Profile));
            return ExitCode.Done;
        });
        return new("trial", "Look at single trials.") { show };
    }
}
