using System.CommandLine;
using Distributed.Client.Rendering;
using Distributed.Client.Reports;

namespace Distributed.Client.Commands;

/// <summary>`cluster`: the silos and what runs where.</summary>
internal static class ClusterCommand
{
    public static Command Create(ConsoleContext context)
    {
        var (store, json) = (CommonOptions.Store(), CommonOptions.Json());
        Command command = new("cluster", "Show the silos of the cluster, their slots, and what runs where.") { store, json };
        command.SetGuardedAction(context, async (parsed, cancellation) =>
        {
            await using var session = await context.Sessions.Open(parsed.GetValue(store)!, cancellation);
            var silos = await session.Silos(cancellation);
            if (parsed.GetValue(json)) foreach (var silo in silos) context.Write(SiloLine.Of(silo));
            else context.Output.Write(ClusterPage.Of(silos, context.Now));
            if (silos.Select(silo => silo.Report.Version).Distinct().Count() > 1) context.Say("The silos are of more than one version: an upgrade is under way, or one was forgotten.");
            return ExitCode.Done;
        });
        return command;
    }
}
