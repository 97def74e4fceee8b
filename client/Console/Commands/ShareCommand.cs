using System.CommandLine;

namespace Distributed.Client.Commands;

/// <summary>`sweep set`: another share of the slots for a sweep that goes on.</summary>
internal static class ShareCommand
{
    public static Command Create(ConsoleContext context)
    {
        var (sweep, store) = (CommonOptions.Sweep(), CommonOptions.Store());
        Option<double?> weight = new("--weight") { Description = "How much of the slots it gets beside other sweeps of its priority: twice the weight, twice the slot time. Above 0." };
        Option<int?> priority = new("--priority") { Description = "While sweeps of a higher number have work, those of a lower get no slot." };
        Command command = new("set", "Give a sweep another weight or priority, from its next trial on.") { sweep, store, weight, priority };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(weight) is null && parsed.GetResult(priority) is null) parsed.AddError("Give --weight, --priority or both.");
        });
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            SweepId id = new(parsed.GetValue(sweep)!);
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            await SweepCommands.Find(session, id, cancellation);
            await session.SetShare(id, parsed.GetValue(weight), parsed.GetValue(priority), cancellation);
            var state = (await SweepCommands.Find(session, id, cancellation)).State;
            context.Say(Invariant($"'{id}' has weight {state.Weight} and priority {state.Priority}."));
            return ExitCode.Done;
        });
        return command;
    }
}
