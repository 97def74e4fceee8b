using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.NETCore.Client;

namespace Distributed.Benchmarks;

/// <summary>The console's dashboard on a store, a process of its own as a user starts it.</summary>
internal sealed partial class DashboardProcess : IDisposable
{
    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(2);
    private readonly Process _process;

    private DashboardProcess(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>The console as it was built beside this program, or null.</summary>
    public static FileInfo? Built
    {
        get
        {
            string output = AppContext.BaseDirectory, configuration = output.Contains("/Debug/", StringComparison.Ordinal) ? "Debug" : "Release";
            DirectoryInfo? folder = new(output);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Distributed.sln"))) folder = folder.Parent;
            if (folder is null) return null;
            FileInfo console = new(Path.Combine(folder.FullName, "client", "Console", "bin", configuration, "net10.0", "Distributed.Client.dll"));
            return console.Exists ? console : null;
        }
    }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<DashboardProcess> Start(FileInfo console, string store)
    {
        var start = new ProcessStartInfo("dotnet", [console.FullName, "dashboard", "--port", "0", "--store", store]) { RedirectStandardError = true, RedirectStandardInput = true };
        var process = Process.Start(start) ?? throw new InvalidOperationException("The dashboard did not start.");
        process.StandardInput.Close();
        TaskCompletionSource<string> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.ErrorDataReceived += (_, line) => Hear(line.Data, listening);
        process.BeginErrorReadLine();
        return new(process, await listening.Task);
    }

    /// <summary>Bytes that it occupies after it has collected what nobody uses.</summary>
    public async Task<long> Occupied()
    {
        for (int i = 0; i < 2; i++)
        {
            Collect();
            await Task.Delay(Breath, TimeProvider.System);
        }

        _process.Refresh();
        return _process.WorkingSet64;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Who asks the runtime for the objects on its heap makes it collect first.</summary>
    private void Collect()
    {
        const long HeapCollect = 0x800000;
        using var session = new DiagnosticsClient(_process.Id).StartEventPipeSession(
            new EventPipeProvider("Microsoft-Windows-DotNETRuntime", System.Diagnostics.Tracing.EventLevel.Informational, HeapCollect), requestRundown: false);
        var read = Task.Run(() => session.EventStream.CopyTo(Stream.Null));
        session.Stop();
        read.Wait();
    }

    /// <summary>The line that names the address ends the wait for it; every other one is passed on.</summary>
    private static void Hear(string? line, TaskCompletionSource<string> listening)
    {
        if (line is null) listening.TrySetException(new InvalidOperationException("The dashboard ended before it listened."));
        else if (Listening().Match(line) is { Success: true } match) listening.TrySetResult(match.Value);
        else if (line.Length > 0) Console.Error.WriteLine($"dashboard: {line}");
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex Listening();
}
