using System.CommandLine;
using System.Diagnostics;
using Distributed.Otlp;

namespace Distributed.Benchmarks;

/// <summary>A collector in a process of its own, so that what it takes is not counted.</summary>
internal sealed class TelemetrySink : IDisposable
{
    private readonly Process _process;
    private readonly string _endpoint;

    public TelemetrySink()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(TelemetrySink).Assembly.Location);
        start.ArgumentList.Add("telemetry-sink");
        _process = Process.Start(start) ?? throw new InvalidOperationException("No collector could be started.");
        _endpoint = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The collector did not say where it listens.");
    }

    /// <summary>The command that it runs: it ends when its input does.</summary>
    public static Command Command()
    {
        var command = new Command("telemetry-sink", "Receives telemetry until its input ends.") { Hidden = true };
        command.SetAction(async _ =>
        {
            await using var receiver = await OtlpReceiver.Start();
            Console.WriteLine(receiver.Endpoint);
            await Console.OpenStandardInput().ReadExactlyAsync(new byte[1]).AsTask().ContinueWith(_ => { }, TaskScheduler.Default);
        });
        return command;
    }

    /// <summary>Names it to this process by the standard variables.</summary>
    public void Announce()
    {
        foreach (var (name, value) in OtlpReceiver.Variables(_endpoint, TimeSpan.FromSeconds(1))) Environment.SetEnvironmentVariable(name, value);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
