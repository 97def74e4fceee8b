using Distributed.Otlp;

namespace Distributed.EndToEnd.Tests.Telemetry;

/// <summary>The standard variables mean what they mean everywhere.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_service_is_called_what_the_environment_says()
    {
        await using var receiver = await OtlpReceiver.Start();
        await Run(receiver, ("OTEL_SERVICE_NAME", "mine"));
        Assert.Equal(["mine"], receiver.Logs.Select(log => log.Service).Distinct());
        Assert.Equal(["mine"], receiver.Metrics.Select(metric => metric.Service).Distinct());
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_environment_forbids_it()
    {
        await using var receiver = await OtlpReceiver.Start();
        await Run(receiver, ("OTEL_SDK_DISABLED", "true"));
        Assert.Empty(receiver.Logs);
        Assert.Empty(receiver.Metrics);
    }

    private static async Task Run(OtlpReceiver receiver, (string Name, string Value) variable)
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string> variables = new(receiver.Environment) { [variable.Name] = variable.Value };
        using var console = ConsoleProcess.Start(folder.Path, variables, "model", "inspect", "model.onnx");
        Assert.Equal(2, await console.Ended());
    }
}
