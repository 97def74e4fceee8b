using System.CommandLine;
using System.Diagnostics;

namespace Distributed.Benchmarks;

/// <summary>Processes that compute and move memory until they are ended.</summary>
internal sealed class BusyNeighbours : IDisposable
{
    private const int Elements = 1 << 20;
    private readonly List<Process> _processes = [];

    /// <param name="count">How many.</param>
    public BusyNeighbours(int count)
    {
        for (int i = 0; i < count; i++)
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true };
            if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(BusyNeighbours).Assembly.Location);
            start.ArgumentList.Add("busy");
            _processes.Add(Process.Start(start) ?? throw new InvalidOperationException("No neighbour could be started."));
        }
    }

    /// <summary>The command that a neighbour runs: it ends when its input does, so that none outlives the benchmark.</summary>
    public static Command Command()
    {
        var command = new Command("busy", "Keeps one core busy until its input ends.") { Hidden = true };
        command.SetAction(_ =>
        {
            using var input = Console.OpenStandardInput();
            var ended = Task.Run(() => input.ReadByte());
            float[] data = new float[Elements];
            while (!ended.IsCompleted)
            {
                for (int i = 1; i < data.Length; i++) data[i] = (data[i - 1] * 0.5f) + i;
            }
        });
        return command;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
