using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Distributed.Testing;

namespace Distributed.EndToEnd.Tests;

/// <summary>The console as a user starts it: a process of its own, in a folder of its own.</summary>
internal sealed partial class ConsoleProcess : IDisposable
{
    /// <summary>One cache for all tests of a run: images are decoded and operators timed once.</summary>
    private static readonly string Cache = Path.Combine(AppContext.BaseDirectory, "cache");
    private const int SignalInterrupt = 2;
    private const int SignalTerminate = 15;
    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private ConsoleProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Collect(_out, line.Data);
        process.ErrorDataReceived += (_, line) => Collect(_error, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Out => Text(_out);

    public string Error => Text(_error);

    /// <summary>The address that a dashboard printed.</summary>
    public string Address => PrintedAddress().Match(Error).Value;

    public static ConsoleProcess Start(string folder, params string[] arguments) => Start(folder, new Dictionary<string, string>(), arguments);

    /// <summary>Starts the console with variables of its own.</summary>
    public static ConsoleProcess Start(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Console, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.Environment["DISTRIBUTED_CACHE"] = Cache;
        foreach (var (name, value) in variables) start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The console did not start.");
        process.StandardInput.Close();
        return new(process);
    }

    /// <summary>Starts the console and waits for its end.</summary>
    public static async Task<(int Code, string Out, string Error)> Run(string folder, params string[] arguments)
    {
        using var console = Start(folder, arguments);
        int code = await console.Ended();
        return (code, console.Out, console.Error);
    }

    /// <summary>The exit code, once the process has ended.</summary>
    public async Task<int> Ended()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(8));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until standard error says something, or the process has ended.</summary>
    public Task Says(string text) => Shows(text, () => Error);

    /// <summary>Waits until standard output tells something, or the process has ended.</summary>
    public Task Tells(string text) => Shows(text, () => Out);

    /// <summary>
    /// Ctrl-C; or a polite request to end where the console was started by a shell that ignores Ctrl-C for what runs in the background,
    /// which every process below it inherits. The console answers both alike.
    /// </summary>
    public void Interrupt() => Assert.Equal(0, Kill(_process.Id, Ignores(SignalInterrupt) ? SignalTerminate : SignalInterrupt));

    public void KillNow() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task Shows(string text, Func<string> where)
    {
        while (!_process.HasExited && !where().Contains(text, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Contains(text, where(), StringComparison.Ordinal);
    }

    private bool Ignores(int signal)
    {
        string mask = File.ReadLines(Invariant($"/proc/{_process.Id}/status")).Single(line => line.StartsWith("SigIgn:", StringComparison.Ordinal));
        return ((Convert.ToUInt64(mask.Split('\t')[1], 16) >> (signal - 1)) & 1) == 1;
    }

    private static void Collect(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null) text.AppendLine(line);
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text) return text.ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    [GeneratedRegex(@"http://\S+")]
    private static partial Regex PrintedAddress();
}
