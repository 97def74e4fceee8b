using System.CommandLine;
using Distributed.Silo.Executors;

namespace Distributed.Silo;

/// <summary>Prunes one model outside any sweep. Progress is told on stderr, a line each.</summary>
internal static class PruneCommand
{
    public static Command Create(ISiloEngine engine)
    {
        Argument<string> request = new("REQUEST.json") { Description = "The candidate, and where its files go." };
        Command command = new("prune", "Prunes, recovers, judges and measures one model outside any sweep.") { request };
        command.SetAction(async (parse, cancellation) => await ModelTools.Answer(await SingleTrial.Run(
            engine, ModelTools.Read<PruningRequest>(parse.GetRequiredValue(request)), CacheFolder.Current, Console.Error.WriteLine, cancellation)));
        return command;
    }
}
