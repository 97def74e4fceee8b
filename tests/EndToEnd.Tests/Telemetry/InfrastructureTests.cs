using System.ComponentModel;
using System.Diagnostics;
using Distributed.Testing;
using YamlDotNet.Serialization;

namespace Distributed.EndToEnd.Tests.Telemetry;

public sealed class InfrastructureTests
{
    [Fact]
    public void Every_alert_says_how_bad_it_is_and_what_to_do()
    {
        string[] needed = ["NoHealthyWorker", "LeaseSilent", "AttemptsFail", "StoreErrors", "FrontStalled"];
        Assert.Empty(needed.Except(Queries.Alerts.Select(alert => alert.Name)));
        Assert.All(Queries.Alerts, alert =>
        {
            Assert.Contains(alert.Labels["severity"], (string[])["critical", "warning", "info"]);
            Assert.NotEmpty(alert.Annotations["summary"]);
            Assert.NotEmpty(alert.Annotations["description"]);
        });
    }

    [Fact]
    public void Panels_have_numbers_and_places_of_their_own() => Assert.All(Queries.Dashboards.Values, board =>
    {
        var panels = board.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.Distinct(panels.Select(panel => panel.GetProperty("id").GetInt32()));
        Assert.Distinct(panels.SelectMany(panel =>
        {
            var place = panel.GetProperty("gridPos");
            return from x in Enumerable.Range(place.GetProperty("x").GetInt32(), place.GetProperty("w").GetInt32())
                   from y in Enumerable.Range(place.GetProperty("y").GetInt32(), place.GetProperty("h").GetInt32())
                   select (x, y);
        }));
    });

    [Fact]
    public void The_collector_passes_on_all_that_it_takes()
    {
        var collector = new DeserializerBuilder().Build().Deserialize<Dictionary<string, Dictionary<string, object?>>>(
            File.ReadAllText(Path.Combine(Repository.Root, "infra", "otel", "collector.yaml")));
        var pipelines = (Dictionary<object, object>)collector["service"]["pipelines"]!;
        Assert.Equal(["logs", "metrics", "traces"], pipelines.Keys.Cast<string>().Order());
        Assert.All(pipelines.Values.Cast<Dictionary<object, object>>(), pipeline => Assert.All(["receivers", "processors", "exporters"], part =>
            Assert.Empty(((List<object>)pipeline[part]).Cast<string>().Except(collector[part].Keys))));
    }

    [Theory]
    [InlineData("check", "config", "prometheus.yaml")]
    [InlineData("test", "rules", "rules.test.yaml")]
    public async Task Prometheus_accepts_its_files(string verb, string what, string file)
    {
        using var promtool = Promtool(verb, what, Path.Combine(Repository.Root, "infra", "prometheus", file));
        string said = await promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(promtool.ExitCode == 0, said);
    }

    private static Process Promtool(params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("promtool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("promtool is not on the path; install Prometheus to have its own check of its files.");
            throw;
        }
    }
}
