using Distributed.Artifacts;

namespace Distributed.Client.Sessions;

/// <summary>Sessions on stores that are directories of this machine.</summary>
/// <param name="program">Finds the silo's program when it is first needed.</param>
/// <param name="time">The clock.</param>
/// <param name="hurry">Once cancelled, silos that we started are killed instead of waited for.</param>
internal sealed class StoreSessions(Func<SiloProgram> program, TimeProvider time, CancellationToken hurry) : ISessions
{
    public bool Exists(string store)
    {
        try
        {
            return SiloAddress.On(store) is not null || StoreOpener.Existing(StoreAddress.Parse(store), time) is not null;
        }
        catch (InvalidInputException)
        {
            return false;
        }
    }

    public async Task<ISweepSession> Open(string store, CancellationToken cancellation)
    {
        // A silo may run on a store in which nothing was written yet.
        if (SiloAddress.On(store) is { } address) return Live(store, await SiloConnection.Open(address, time, cancellation), silo: null);
        var files = StoreOpener.Existing(StoreAddress.Parse(store), time);
        return new StoredSession(store, files.Logs, files.Artifacts);
    }

    public async Task<ISweepSession> Start(string store, int? slots, CancellationToken cancellation)
    {
        if (SiloAddress.On(store) is { } running) throw Taken(store, running);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, hurry);
        var (process, address) = await SiloProcess.Start(program().Start(Arguments(store, slots)), time, hurry);
        try
        {
            return Live(store, await SiloConnection.Open(address, time, either.Token), process);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task<OpenedStore> Files(string store, bool make, CancellationToken cancellation)
    {
        var address = StoreAddress.Parse(store);
        var files = make ? StoreOpener.Open(address, time) : StoreOpener.Existing(address, time);
        await files.Reach(cancellation);
        return files;
    }

    public async Task Remove(string store, SweepId sweep, CancellationToken cancellation)
    {
        if (SiloAddress.On(store) is { } running) throw Taken(store, running);
        if (!Exists(store)) return;
        var files = StoreOpener.Existing(StoreAddress.Parse(store), time);
        await files.Logs.Delete(sweep, cancellation);
        await foreach (var name in files.Artifacts.List($"sweeps/{sweep}", cancellation)) await files.Artifacts.Delete(name, cancellation);
    }

    private LiveSession Live(string store, SiloConnection connection, SiloProcess? silo)
    {
        var place = StoreAddress.Parse(store);
        var files = StoreOpener.Open(place, time);
        return new(connection, files.Artifacts, silo, recorded: place is StoreAddress.Folder ? new(files.Logs) : null);
    }

    private static InvalidInputException Taken(string store, SiloAddress running) => new(
        store,
        $"a silo runs on this store already ({running})",
        "Wait for it, follow it with 'sweep watch', or give another store with --store.");

    private static IEnumerable<string> Arguments(string store, int? slots)
    {
        IEnumerable<string> arguments =
        [
            "serve", "--store", $"{StoreAddress.Parse(store)}", "--parent", Environment.ProcessId.ToString(),
            // Alone, whatever cluster the environment names.
            "--set", "Cluster:Membership=localhost", "--set", "Role=all", "--set", "Listen:Address=127.0.0.1", "--set", "Listen:SiloPort=0", "--set", "Listen:GatewayPort=0",
        ];
        return slots is { } count ? [.. arguments, "--slots", count.ToString()] : arguments;
    }
}
