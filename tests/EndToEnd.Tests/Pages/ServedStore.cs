using System.Diagnostics;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests.Pages;

/// <summary>A store with a real silo on it and a dashboard beside it, each a process of its own.</summary>
internal sealed class ServedStore : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ConsoleProcess> _dashboards = [];
    private Process? _silo;

    private readonly string[] _options;

    private ServedStore(string[] options) => _options = options;

    /// <summary>The folder of the store.</summary>
    public string Path => System.IO.Path.Combine(_folder.Path, ".distributed");

    /// <summary>Where the commands run.</summary>
    public string Folder => _folder.Path;

    /// <summary>Starts the silo.</summary>
    public static async Task<ServedStore> Start(params string[] options)
    {
        ServedStore store = new(options);
        await store.StartSilo();
        return store;
    }

    /// <summary>Kills the silo as the kernel would: it says nothing to anybody.</summary>
    public async Task KillSilo()
    {
        _silo!.Kill();
        await _silo.WaitForExitAsync(TestContext.Current.CancellationToken);
        _silo.Dispose();
        _silo = null;
    }

    /// <summary>Stops the silo's process where it is: its connections stay, and nothing is answered any more.</summary>
    public async Task FreezeSilo()
    {
        using var kill = Process.Start("kill", ["-STOP", Invariant($"{_silo!.Id}")]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Starts a silo on the store, a first one or one after another.</summary>
    public async Task StartSilo()
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Silo, "serve", "--store", Path, "--slots", "1", "--parent", Invariant($"{Environment.ProcessId}"), .. _options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        TaskCompletionSource<bool> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _silo = new() { StartInfo = start, EnableRaisingEvents = true };
        _silo.OutputDataReceived += (_, line) => ready.TrySetResult(line.Data is not null);
        _silo.Start();
        _silo.BeginErrorReadLine();
        _silo.BeginOutputReadLine();
        Assert.True(await ready.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System, TestContext.Current.CancellationToken), "The silo did not start.");
    }

    /// <summary>Launches the sweep "small", of so many trials that it is not over before a test is.</summary>
    public async Task LaunchLong()
    {
        string file = System.IO.Path.Combine(Folder, "small.yaml");
        await File.WriteAllTextAsync(file, SweepFiles.Shapes(trials: 2000), TestContext.Current.CancellationToken);
        var (code, _, error) = await ConsoleProcess.Run(Folder, "sweep", "launch", file);
        Assert.True(code == 0, error);
    }

    /// <summary>Starts a dashboard on the store.</summary>
    /// <returns>The address that it printed.</returns>
    public async Task<string> StartDashboard(params string[] options)
    {
        var console = ConsoleProcess.Start(Folder, ["dashboard", "--port", "0", .. options]);
        _dashboards.Add(console);
        await console.Says("Ctrl-C ends it");
        return console.Address;
    }

    public void Dispose()
    {
        foreach (var dashboard in _dashboards) dashboard.Dispose();
        if (_silo is { HasExited: false }) _silo.Kill(entireProcessTree: true);
        _silo?.Dispose();
        _folder.Dispose();
    }
}
