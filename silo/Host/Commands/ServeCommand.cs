using System.CommandLine;
using Distributed.Artifacts;
using Distributed.Membership;
using Distributed.Silo.Executors;
using Distributed.Silo.Serving;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Distributed.Silo;

/// <summary>Serves a silo until it is told to stop.</summary>
internal static class ServeCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The command. Every option but --settings, --set and --parent stands for a setting.</summary>
    /// <param name="engine">Knows what trials can run on.</param>
    public static Command Create(ISiloEngine engine)
    {
        Option<string?> file = new("--settings") { HelpName = "FILE", Description = "A JSON file with a section \"Distributed\"." };
        Option<string[]> set = new("--set") { HelpName = "KEY=VALUE", Description = "A setting, such as Role=worker; may be given several times." };
        Option<int?> parent = new("--parent", "--parent-pid") { Description = "The process with which the silo ends." };
        (string Key, Option<string?> Option)[] named =
        [
            ("Store", Named("--store", "Where logs and artifacts are: a folder or a blob container.")),
            ("Role", Named("--role", "all, control or worker.")),
            ("Slots", Named("--slots", "Trials at a time.")),
            ("StallLimit", Named("--stall-limit", "How long nothing may move in a trial before its executor is killed, such as 30m; 0s for ever.")),
            ("Listen:SiloPort", Named("--silo-port", "For other silos; 0 for any free port.")),
            ("Listen:GatewayPort", Named("--gateway-port", "For clients; 0 for any free port.")),
            ("Listen:HealthPort", Named("--health-port", "For health; 0 for any free port.")),
            ("Cluster:Wait", Named("--wait", "How long to try again what cannot be reached, such as 60s.")),
        ];
        Command command = new("serve", "Serves a silo until it is told to stop.") { file, set, parent };
        foreach (var (_, option) in named) command.Add(option);
        command.SetAction((parse, cancellation) =>
        {
            var given = named.Where(one => parse.GetValue(one.Option) is not null).Select(one => $"{one.Key}={parse.GetValue(one.Option)}");
            var settings = SettingSources.Read(parse.GetValue(file), [.. parse.GetValue(set) ?? [], .. given]);
            var serve = ServeSettings.Read(settings, parse.GetValue(parent));
            foreach (string device in serve.Slots.Select(slot => slot.Class).Distinct()) engine.CheckDevice(device);
            return Run(serve, cancellation);
        });
        return command;
    }

    /// <exception cref="InvalidInputException">The store is in use, or membership or store cannot be used as they are given.</exception>
    /// <exception cref="ClusterUnreachableException">Membership or store cannot be reached.</exception>
    private static async Task<int> Run(ServeSettings settings, CancellationToken cancellation)
    {
        await MembershipServer.Await(settings.Cluster, TimeProvider.System, cancellation);
        OpenedStore? opened = null;
        await Persistence.Repeat(async () => opened = await Reach(settings.Store, cancellation), settings.Cluster.Wait, Pause, TimeProvider.System, cancellation);
        var store = opened!;
        // Several silos share a store; each log has one owner at a time all the same.
        using var held = settings.IsCluster ? null : store.Lock();
        using var host = SiloComposition.Build(settings, store, ExecutorLaunch.OfThisProgram(settings.Store.ToString()));
        await host.StartAsync(cancellation);
        var reached = SiloFile.Of(settings);
        using (settings.IsCluster ? null : reached.Publish())
        {
            Console.WriteLine(SweepJson.Write(reached));
            await host.WaitForShutdownAsync(cancellation);
        }

        return host.Services.GetRequiredService<SiloEnd>().Code;
    }

    private static async Task<OpenedStore> Reach(StoreAddress address, CancellationToken cancellation)
    {
        try
        {
            var store = StoreOpener.Open(address, TimeProvider.System);
            await store.Reach(cancellation);
            return store;
        }
        catch (StoreUnavailableException error)
        {
            throw new ClusterUnreachableException($"{error.Message} Correct Distributed:Store, or wait for it with Distributed:Cluster:Wait (--wait).", error);
        }
        catch (StoreFullException error)
        {
            throw new ClusterUnreachableException(error.Message, error);
        }
    }

    private static Option<string?> Named(string name, string description) => new(name) { Description = description };
}
