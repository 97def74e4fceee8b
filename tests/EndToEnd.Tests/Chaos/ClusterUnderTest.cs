using System.Diagnostics;
using Distributed.Artifacts;
using Distributed.Contracts;
using Distributed.Membership;
using Distributed.Sweeps;
using Distributed.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>Silos as processes on loopback, a real Redis, a store (Azurite where there is one), and a client.</summary>
internal sealed class ClusterUnderTest : IAsyncDisposable
{
    /// <summary>Must turn up nowhere but in the environment of processes.</summary>
    public const string Secret = "chaos-secret-that-is-told-to-nobody";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _variables;
    private readonly string _program;
    private readonly List<SupervisedSilo> _silos = [];
    private IHost? _client;

    private ClusterUnderTest(ServerProcess membership, AzuriteServer? azurite, string program, string? store)
    {
        (Membership, Azurite, _program) = (membership, azurite, program);
        _variables = new()
        {
            ["DISTRIBUTED__CLUSTER__MEMBERSHIP"] = membership is RedisServer ? "redis" : "adonet",
            ["DISTRIBUTED__CLUSTER__CONNECTIONSTRING"] = membership is RedisServer redis ? redis.ConnectionString : ((PostgreSqlServer)membership).ConnectionString,
            ["DISTRIBUTED__CLUSTER__ID"] = "chaos",
            ["DISTRIBUTED__CLUSTER__SECRET"] = Secret,
            ["DISTRIBUTED__CLUSTER__WAIT"] = "60s",
            ["DISTRIBUTED__LISTEN__SILOPORT"] = "0",
            ["DISTRIBUTED__LISTEN__GATEWAYPORT"] = "0",
            ["DISTRIBUTED__LISTEN__METRICSPORT"] = "0",
            ["DISTRIBUTED__HOSTFOLDER"] = Path.Combine(_folder.Path, "host"),
            ["DISTRIBUTED__STORE"] = azurite is null ? store ?? Path.Combine(_folder.Path, "store") : "azure://chaos",
            ["DISTRIBUTED_STORE_CONNECTION"] = azurite?.ConnectionString ?? "",
            ["DISTRIBUTED_CACHE"] = Path.Combine(AppContext.BaseDirectory, "cache"),
        };
    }

    /// <summary>Where silos find each other.</summary>
    public ServerProcess Membership { get; }

    public RedisServer Redis => (RedisServer)Membership;

    public AzuriteServer? Azurite { get; }

    public IReadOnlyList<SupervisedSilo> Silos => _silos;

    public IEnumerable<SupervisedSilo> Workers => _silos.Where(silo => silo.Name.StartsWith('w'));

    public IEnumerable<SupervisedSilo> Controls => _silos.Where(silo => silo.Name.StartsWith('c'));

    public string Folder => _folder.Path;

    public IReadOnlyDictionary<string, string> Variables => _variables;

    public IClusterClient Client => _client!.Services.GetRequiredService<IClusterClient>();

    /// <summary>Starts servers and silos, and connects where there is a control silo. Skips the test where a server is missing.</summary>
    public static async Task<ClusterUnderTest> Start(
        int controls, int workers, int slots, bool azurite = false, bool postgreSql = false, string? program = null, string? store = null,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        string? absent = postgreSql ? PostgreSqlServer.Absent : RedisServer.Absent;
        Assert.SkipWhen(absent is not null, absent ?? "");
        if (azurite) Assert.SkipWhen(AzuriteServer.Absent is not null, AzuriteServer.Absent ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        ClusterUnderTest cluster = new(
            postgreSql ? await PostgreSqlServer.New(cancellation) : await RedisServer.New(cancellation),
            azurite ? await AzuriteServer.New(cancellation) : null,
            program ?? Repository.StubSilo,
            store);
        foreach (var (key, value) in variables ?? new Dictionary<string, string>()) cluster._variables[key] = value;
        for (int i = 0; i < controls; i++) cluster.Add($"c{i}", "control", 0);
        for (int i = 0; i < workers; i++) cluster.Add($"w{i}", "worker", slots);
        await Task.WhenAll(cluster._silos.Select(silo => silo.Ready)).WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System, cancellation);
        if (controls > 0) await cluster.Connect(cancellation);
        return cluster;
    }

    /// <summary>One more silo, with variables of its own beside the cluster's.</summary>
    public SupervisedSilo Add(string name, string role, int slots, params (string Key, string Value)[] variables) => Add(name, role, slots, _program, variables);

    /// <summary>The same by a program of its own.</summary>
    public SupervisedSilo Add(string name, string role, int slots, string program, params (string Key, string Value)[] variables)
    {
        SupervisedSilo silo = new(name, () => Begin(program, ["serve", "--role", role, "--slots", Invariant($"{slots}"), "--set", $"Name={name}", "--health-port", "0"], variables));
        _silos.Add(silo);
        return silo;
    }

    /// <summary>The start of the silo's program in this cluster's environment.</summary>
    public ProcessStartInfo Begin(IEnumerable<string> arguments, params (string Key, string Value)[] variables) => Begin(_program, arguments, variables);

    private ProcessStartInfo Begin(string program, IEnumerable<string> arguments, (string Key, string Value)[] variables)
    {
        ProcessStartInfo start = new("dotnet", [program, .. arguments])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (key, value) in _variables) start.Environment[key] = value;
        foreach (var (key, value) in variables) start.Environment[key] = value;
        return start;
    }

    /// <summary>Runs the console in this cluster's environment to its end.</summary>
    /// <returns>All it said on both streams.</returns>
    public Task<string> Console(int code, string command, params (string Key, string Value)[] variables) => Console(code, [command], variables);

    /// <summary>The same with arguments.</summary>
    public async Task<string> Console(int code, string[] arguments, params (string Key, string Value)[] variables)
    {
        using var console = StartConsole(arguments, variables);
        int ended = await console.Ended();
        Assert.True(code == ended, $"exit code {ended}: {console.Error}");
        return console.Out + console.Error;
    }

    /// <summary>Starts the console in this cluster's environment; it asks the stub, where it has something to ask of a silo's program.</summary>
    public ConsoleProcess StartConsole(string[] arguments, params (string Key, string Value)[] variables)
    {
        Dictionary<string, string> all = new(_variables) { ["DISTRIBUTED_SILO"] = _program };
        foreach (var (key, value) in variables) all[key] = value;
        return ConsoleProcess.Start(Folder, all, arguments);
    }

    /// <summary>Starts a silo that is to end by itself, and waits for it.</summary>
    /// <returns>All it said on both streams.</returns>
    public async Task<string> EndOfSilo(int code, params (string Key, string Value)[] variables)
    {
        using var process = Process.Start(Begin(["serve", "--role", "control", "--set", "Name=bad"], variables))!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string said = await output + await error;
        Assert.True(code == process.ExitCode, $"exit code {process.ExitCode}: {said}");
        return said;
    }

    public ISweepGrain Sweep(SweepId name) => Client.GetGrain<ISweepGrain>(name.Value);

    /// <summary>The silo on which a sweep's grain lives now, or null while it moves.</summary>
    public async Task<SupervisedSilo?> OwnerOf(SweepId sweep)
    {
        var address = await Asked(async () => await Client.GetGrain<IManagementGrain>(0).GetActivationAddress(Sweep(sweep)));
        return address is null ? null : _silos.FirstOrDefault(silo => silo.SiloPort == address.Endpoint.Port);
    }

    /// <summary>Asks until there is an answer: silos come and go.</summary>
    public static async Task<T> Asked<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or SweepUnavailableException or IOException)
            {
                await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>Launches a sweep.</summary>
    public Task Launch(SweepSpec spec) => Asked(async () =>
    {
        await Sweep(spec.Name).Launch(spec);
        return true;
    });

    /// <summary>Reads a sweep's log until something holds of it, four minutes at most where no limit is given.</summary>
    /// <exception cref="TimeoutException">It did not come to hold; tells the sweep's state and what the silos said last.</exception>
    public async Task<SweepLogSeen> Follow(SweepId sweep, Func<SweepLogSeen, bool> until, SweepLogSeen? seen = null, TimeSpan? limit = null)
    {
        seen ??= new();
        var most = limit ?? TimeSpan.FromMinutes(4);
        try
        {
            await ReadUntil().WaitAsync(most, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException(Invariant($"After {most.TotalMinutes:0} minutes {sweep} is {seen.State.Status}, {seen.Closed} of {seen.State.Trials.Count} trials closed in {seen.Entries.Count} records.\n{Told(40)}"), error);
        }

        return seen;

        async Task ReadUntil()
        {
            while (!until(seen))
            {
                var entries = await Asked(() => Sweep(sweep).Read(seen.State.Next, 500));
                foreach (var entry in entries) seen.Take(entry);
                if (entries.Count == 0) await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The store, opened beside the silos.</summary>
    public OpenedStore Store()
    {
        if (Azurite is not null) Environment.SetEnvironmentVariable("DISTRIBUTED_STORE_CONNECTION", Azurite.ConnectionString);
        return StoreOpener.Existing(StoreAddress.Parse(_variables["DISTRIBUTED__STORE"]), TimeProvider.System);
    }

    /// <summary>What all silos said, to be told when a test fails.</summary>
    public string Told(int lines) => string.Join(
        "\n", _silos.SelectMany(silo => silo.Said.Where(line => !line.StartsWith("   ", StringComparison.Ordinal)).TakeLast(lines).Select(line => $"{silo.Name}: {line}")));

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            try
            {
                await _client.StopAsync(new CancellationToken(true));
            }
            catch (OperationCanceledException)
            {
                // It was told not to wait for silos that are gone.
            }

            _client.Dispose();
        }

        foreach (var silo in _silos)
        {
            await silo.Signal("CONT");
            await silo.DisposeAsync();
        }

        await Membership.DisposeAsync();
        if (Azurite is not null) await Azurite.DisposeAsync();
        _folder.Dispose();
    }

    private async Task Connect(CancellationToken cancellation)
    {
        var settings = ClusterSettings.Read(new(new ConfigurationBuilder().AddInMemoryCollection(_variables
            .Where(pair => pair.Key.StartsWith("DISTRIBUTED__CLUSTER", StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))).Build()));
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseCluster(settings));
        _client = builder.Build();
        await _client.StartAsync(cancellation);
    }
}
