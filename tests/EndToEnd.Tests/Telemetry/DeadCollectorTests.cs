using System.Net;
using System.Net.Sockets;

namespace Distributed.EndToEnd.Tests.Telemetry;

public sealed class DeadCollectorTests
{
    [Fact]
    public async Task A_collector_that_takes_everything_and_answers_nothing_holds_no_command_up()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        var (code, _, error) = await Run($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}");
        Assert.True(code == 2, error);
        Assert.True(silent.Pending(), "The console has not even tried to send.");
    }

    [Theory]
    [InlineData("http://127.0.0.1:9")]
    [InlineData("nonsense")]
    public async Task A_collector_that_is_not_there_changes_nothing(string endpoint)
    {
        var (code, _, error) = await Run(endpoint);
        Assert.True(code == 2, error);
        Assert.Contains("model.onnx", error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Out, string Error)> Run(string endpoint)
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string> variables = new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" };
        using var console = ConsoleProcess.Start(folder.Path, variables, "model", "inspect", "model.onnx");
        return (await console.Ended(), console.Out, console.Error);
    }
}
