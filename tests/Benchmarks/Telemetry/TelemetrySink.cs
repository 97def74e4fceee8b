using System.CommandLine;
using Distributed.Otlp;

namespace Distributed.Benchmarks;

/// <summary>A collector in a process of its own.</summary>
internal static class TelemetrySink
{
    public const string Name = "telemetry-sink";

    /// <summary>Says where it listens, and receives until its input ends.</summary>
    public static Command Command()
    {
        var command = new Command(Name, "Receives telemetry until its input ends.") { Hidden = true };
        command.SetAction(async _ =>
        {
            await using var receiver = await OtlpReceiver.Start();
            Console.WriteLine(receiver.Endpoint);
            await Console.In.ReadToEndAsync();
        });
        return command;
    }
}
