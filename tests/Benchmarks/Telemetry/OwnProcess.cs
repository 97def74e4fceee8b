using System.Diagnostics;

namespace Distributed.Benchmarks;

/// <summary>This program again, with a command of its own that ends when its input does.</summary>
internal sealed class OwnProcess : IDisposable
{
    private readonly Process _process;

    public OwnProcess(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"'{arguments[0]}' could not be started.");
    }

    /// <summary>The next line that it says.</summary>
    public string Line() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A process of the benchmark has ended.");

    /// <summary>Says a line to it.</summary>
    public void Say(string line) => _process.StandardInput.WriteLine(line);

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
