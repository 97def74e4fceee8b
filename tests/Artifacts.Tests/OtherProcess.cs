using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Distributed.Artifacts.Tests;

/// <summary>This test program, started again to use a store from outside. It obeys one order and never comes to its tests.</summary>
internal sealed class OtherProcess : IDisposable
{
    private const string Order = "DISTRIBUTED_TEST_ORDER";
    private const string Store = "DISTRIBUTED_TEST_STORE";
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public static OtherProcess Start(string order, string store)
    {
        string host = Environment.ProcessPath!;
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        (start.Environment[Order], start.Environment[Store]) = (order, store);
        return new(Process.Start(start)!);
    }

    /// <summary>The next line that it says; null when it has ended.</summary>
    public Task<string?> Hear() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    /// <remarks>Only the thread that initialises a module may run its code until that is done: hence everything here waits and nothing awaits.</remarks>
    [ModuleInitializer]
    internal static void Obey()
    {
        if (Environment.GetEnvironmentVariable(Order) is not { } order) return;
        var store = DirectoryStore.Create(Environment.GetEnvironmentVariable(Store)!, TimeProvider.System);
        using var held = order == "lock" ? store.Lock() : null;
        var log = order == "lock" ? null : store.Logs.Own(LogFolder.Sweep).GetAwaiter().GetResult();
        Console.WriteLine("ready");
        for (int i = 0; order == "append"; i += 2)
        {
            log!.Append([LogFolder.Note(i), LogFolder.Note(i + 1)]).GetAwaiter().GetResult();
            Console.WriteLine(Invariant($"{i + 1}"));
        }

        Console.In.ReadToEnd();
        Environment.Exit(0);
    }
}
