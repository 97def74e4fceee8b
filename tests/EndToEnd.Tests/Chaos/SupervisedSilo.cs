using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Distributed.EndToEnd.Tests.Chaos;

/// <summary>A silo process that is started again whenever it ends, as a supervisor of real machines does.</summary>
internal sealed class SupervisedSilo : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly Func<ProcessStartInfo> _start;
    private readonly Lock _lock = new();
    private readonly List<string> _said = [];
    private readonly CancellationTokenSource _over = new();
    private readonly Task _supervision;
    private TaskCompletionSource<JsonNode> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    public SupervisedSilo(string name, Func<ProcessStartInfo> start)
    {
        (Name, _start) = (name, start);
        _supervision = Task.Run(Supervise);
    }

    public string Name { get; }

    /// <summary>Whether it is started again.</summary>
    public bool Restarts { get; set; } = true;

    /// <summary>How often it was started.</summary>
    public int Lives { get; private set; }

    /// <summary>Where it listens for other silos; 0 while it does not run.</summary>
    public int SiloPort
    {
        get
        {
            lock (_lock) return _ready.Task.IsCompletedSuccessfully ? (int)_ready.Task.Result["siloPort"]! : 0;
        }
    }

    /// <summary>Everything that it said on both streams, in all its lives.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_lock) return [.. _said];
        }
    }

    /// <summary>What it told of itself when it was ready.</summary>
    public Task<JsonNode> Ready
    {
        get
        {
            lock (_lock) return _ready.Task;
        }
    }

    /// <summary>What its page for Prometheus tells of a series that bears a label; 0 where there is none.</summary>
    public async Task<double> Metric(string name, string label)
    {
        int port = (int)(await Ready)["metricsPort"]!;
        using HttpClient http = new();
        string page = await http.GetStringAsync(new Uri($"http://127.0.0.1:{port}/metrics"), TestContext.Current.CancellationToken);
        string? line = page.Split('\n').FirstOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>The processes that it has started: its executors. None while it does not run.</summary>
    public IReadOnlyList<int> Executors
    {
        get
        {
            lock (_lock)
            {
                return _process is not { HasExited: false } running
                    ? []
                    : [.. Directory.GetDirectories(Invariant($"/proc/{running.Id}/task"))
                        .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
            }
        }
    }

    /// <summary>SIGSTOP to the silo and then to its executors: nothing of it goes on.</summary>
    public async Task Freeze()
    {
        await Signal("STOP");
        foreach (int executor in Executors) await Send("STOP", executor);
    }

    /// <summary>SIGCONT to all of them.</summary>
    public async Task Thaw()
    {
        foreach (int executor in Executors) await Send("CONT", executor);
        await Signal("CONT");
    }

    /// <summary>SIGKILL, SIGTERM, SIGSTOP or SIGCONT to the silo's own process; nothing when it does not run.</summary>
    public async Task Signal(string signal)
    {
        int? process;
        lock (_lock) process = _process is { HasExited: false } running ? running.Id : null;
        if (process is not null) await Send(signal, process.Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        lock (_lock)
        {
            if (_process is { HasExited: false }) _process.Kill(entireProcessTree: true);
        }

        await _supervision;
        _over.Dispose();
    }

    private static async Task Send(string signal, int process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Invariant($"{process}")]);
        await kill.WaitForExitAsync();
    }

    private async Task Supervise()
    {
        while (!_over.IsCancellationRequested && (Lives == 0 || Restarts))
        {
            using var process = Begin();
            await process.WaitForExitAsync();
            lock (_lock)
            {
                _said.Add(Invariant($"{Name} ended with exit code {process.ExitCode}"));
                _process = null;
                if (_ready.Task.IsCompleted) _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            if (!_over.IsCancellationRequested) await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private Process Begin()
    {
        lock (_lock)
        {
            var process = Process.Start(_start())!;
            process.StandardInput.Close();
            process.OutputDataReceived += (_, line) => Hear(line.Data);
            process.ErrorDataReceived += (_, line) => Hear(line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            Lives++;
            return _process = process;
        }
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_lock)
        {
            _said.Add(line);
            if (line.StartsWith("{\"pid\":", StringComparison.Ordinal)) _ready.TrySetResult(JsonNode.Parse(line)!);
        }
    }
}
