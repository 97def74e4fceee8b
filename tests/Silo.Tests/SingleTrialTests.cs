using System.Text.Json.Nodes;
using Distributed.Sweeps;

namespace Distributed.Silo.Tests;

/// <summary>`prune` as a process, with stub trials.</summary>
public sealed class SingleTrialTests : IDisposable
{
    private readonly TemporaryStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_model_is_made_by_the_trials_of_a_sweep_without_a_silo()
    {
        var (code, output, told) = await Prune("stub:steps=10,step-ms=1");
        Assert.Equal(0, code);
        var answer = JsonNode.Parse(output)!;
        Assert.Equal("model of ratio=0.5", await File.ReadAllTextAsync((string)answer["model"]!, TestContext.Current.CancellationToken));
        Assert.True(File.Exists((string)answer["plan"]!));
        Assert.True(File.Exists((string)answer["lineage"]!));
        Assert.True((double)answer["after"]!["latency"]!["ratio"]! < 1);
        Assert.Equal(1, (double)answer["before"]!["latency"]!["ratio"]!);
        Assert.Contains("fine-tuning epoch 5.0 of 10", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resnet-8", 2, "is no stub")]
    [InlineData("stub:steps=1,step-ms=1,fail=1", 1, "The stub was told to fail.")]
    public async Task What_goes_wrong_is_one_message(string behaviour, int code, string message)
    {
        var (ended, _, told) = await Prune(behaviour);
        Assert.Equal(code, ended);
        Assert.Contains(message, told, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ratio_of_a_family_that_the_model_lacks_is_refused()
    {
        var (code, _, told) = await Prune("stub:steps=10,step-ms=1", "ratio/nosuch");
        Assert.Equal(2, code);
        Assert.StartsWith("error: ", told.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("the model has no family 'nosuch'", told, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Told)> Prune(string behaviour, string parameter = "ratio")
    {
        string file = Path.Combine(_store.Folder, "request.json");
        Candidate candidate = new([KeyValuePair.Create<string, ParameterValue>(parameter, 0.5)]);
        Directory.CreateDirectory(_store.Folder);
        await File.WriteAllTextAsync(file, SweepJson.Write(new PruningRequest(StubSilo.Spec(behaviour), candidate, _store.Folder)), TestContext.Current.CancellationToken);
        using var process = StubSilo.Begin("prune", file);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string told = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, (await output).TrimEnd().Split('\n')[^1], told);
    }
}
