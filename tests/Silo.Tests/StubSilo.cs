using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Distributed.Contracts;
using Distributed.Sweeps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Distributed.Silo.Tests;

/// <summary>A real silo process with stub trials, and a client of it.</summary>
internal sealed class StubSilo : IAsyncDisposable
{
    private readonly Process _process;
    private readonly IHost _client;

    private StubSilo(Process process, IHost client, JsonNode ready)
    {
        (_process, _client, Ready) = (process, client, ready);
    }

    public JsonNode Ready { get; }

    public Process Process => _process;

    public IGrainFactory Grains => _client.Services.GetRequiredService<IClusterClient>();

    public ISweepGrain Sweep(string name) => Grains.GetGrain<ISweepGrain>(name);

    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(StubSilo).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "StubSilo").Value!));

    /// <summary>The dotnet that runs this process.</summary>
    public static string Host { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static Process Begin(params string[] arguments)
    {
        ProcessStartInfo start = new(Host)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    /// <summary>Starts a silo with settings, such as "Listen:MetricsPort=0", and a client of it.</summary>
    public static async Task<StubSilo> Start(string store, int slots = 2, params string[] settings)
    {
        var process = Begin(
            ["serve", "--store", store, "--slots", $"{slots}", "--parent-pid", $"{Environment.ProcessId}", .. settings.SelectMany(setting => (string[])["--set", setting])]);
        string? line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var ready = JsonNode.Parse(line ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)))!;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.UseLocalhostClustering(
            (int)ready["gatewayPort"]!, (string)ready["serviceId"]!, (string)ready["clusterId"]!));
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new(process, host, ready);
    }

    public async Task<SweepState> WatchToEnd(string sweep)
    {
        SweepState state = new();
        await foreach (var entry in Log(sweep)) state.Apply(entry);
        return state;
    }

    public async IAsyncEnumerable<LogEntry> Log(string sweep)
    {
        await foreach (var seen in Sweep(sweep).Watch(0, TestContext.Current.CancellationToken))
        {
            if (seen is SweepEvent.Logged logged) yield return logged.Entry;
        }
    }

    /// <summary>The page that Prometheus fetches; the silo was given a port for it.</summary>
    public async Task<string> Metrics()
    {
        using HttpClient http = new();
        return await http.GetStringAsync(new Uri($"http://127.0.0.1:{(int)Ready["metricsPort"]!}/metrics"), TestContext.Current.CancellationToken);
    }

    public async Task<int> Leave()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.StopAsync(new CancellationToken(true));
        _client.Dispose();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    public static SweepSpec Spec(string behaviour, int trials = 6, int horizon = 4) => new()
    {
        Name = new("demo"),
        Model = new() { Zoo = behaviour },
        Dataset = new() { Format = "shapes" },
        Space = new([new Parameter.Real("ratio", 0, 0.75, PerFamily: true), new Parameter.Real("learning-rate", 0.001, 0.1, Scale.Log)]),
        Budget = new() { Trials = trials },
        Sampler = new() { Horizon = horizon },
    };
}
