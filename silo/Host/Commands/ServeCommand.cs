using Distributed.Artifacts;
using Distributed.Silo.Executors;
using Distributed.Silo.Serving;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo;

/// <summary>Serves a silo until it is told to stop.</summary>
internal static class ServeCommand
{
    private const int MostSlots = 1024;

    /// <exception cref="InvalidInputException">A port is in use, the store is, or a setting is out of range.</exception>
    public static async Task<int> Run(ServeSettings asked, CancellationToken cancellation)
    {
        if (asked.Slots is < 1 or > MostSlots)
            throw new InvalidInputException("--slots", Invariant($"it is {asked.Slots}"), Invariant($"Give 1 to {MostSlots}."));
        var store = StoreOpener.Open(StoreAddress.Parse(asked.Store), TimeProvider.System);
        using var held = store.Lock();
        var settings = asked.WithPorts();
        using var host = SiloComposition.Build(settings, store, ExecutorLaunch.OfThisProgram(settings.Store));
        await host.StartAsync(cancellation);
        var reached = SiloFile.Of(settings);
        using (reached.Publish())
        {
            Console.WriteLine(SweepJson.Write(reached));
            await host.WaitForShutdownAsync(cancellation);
        }

        return 0;
    }
}
