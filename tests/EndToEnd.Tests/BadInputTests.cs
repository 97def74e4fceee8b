using Distributed.Testing;

namespace Distributed.EndToEnd.Tests;

public sealed class BadInputTests
{
    [Fact]
    public Task A_missing_file_is_named() => Refused("nowhere.yaml", "run", "nowhere.yaml");

    [Fact]
    public async Task An_unknown_key_is_answered_with_the_nearest_one()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", SweepFiles.Shapes(extra: "sampelr: { name: sobol }"));
        await Refused(folder, "sampler", "run", file);
    }

    [Fact]
    public async Task A_truncated_model_is_named()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = await File.ReadAllBytesAsync(Repository.Shared("models/resnet20-cifar10-bn.onnx"), TestContext.Current.CancellationToken);
        string model = Path.Combine(folder.Path, "cut.onnx");
        await File.WriteAllBytesAsync(model, whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        await Refused(folder, "cut.onnx", "model", "inspect", model);
        var (code, _, error) = await ConsoleProcess.Run(folder.Path, "model", "prune", model, "--format", "shapes", "-o", "out.onnx");
        Assert.Equal(2, code);
        Assert.Equal(2, error.Split("cut.onnx").Length);
    }

    [Fact]
    public async Task A_model_that_does_not_fit_the_data_is_refused_before_anything_is_written()
    {
        using var folder = new TemporaryFolder();
        string model = Repository.Shared("models/resnet20-cifar10-bn.onnx");
        string file = folder.Write("small.yaml", SweepFiles.MnistFile(Repository.Shared("data/mnist")).Replace(
            "model: { zoo: lenet, mean: [0.1307], std: [0.3081] }", $"model: {{ onnx: {model} }}", StringComparison.Ordinal));
        await Refused(folder, "28", "run", file);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, ".distributed", "logs", "digits")));
    }

    [Fact]
    public async Task A_second_run_on_the_same_store_is_refused_while_the_first_runs()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", SweepFiles.Shapes());
        string other = folder.Write("other.yaml", SweepFiles.Shapes().Replace("name: small", "name: other", StringComparison.Ordinal));
        using var first = ConsoleProcess.Start(folder.Path, "run", file, "--json");
        string ready = Path.Combine(folder.Path, ".distributed", "silo.json");
        for (int i = 0; i < 120 && !File.Exists(ready); i++)
            await Task.Delay(TimeSpan.FromMilliseconds(250), TimeProvider.System, TestContext.Current.CancellationToken);
        await Refused(folder, ".distributed", "run", other);
        Assert.Equal(0, await first.Ended());
    }

    private static async Task Refused(string named, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        await Refused(folder, named, arguments);
    }

    /// <summary>Exit code 2, a message that names the culprit, no stack trace.</summary>
    private static async Task Refused(TemporaryFolder folder, string named, params string[] arguments)
    {
        var (code, _, error) = await ConsoleProcess.Run(folder.Path, arguments);
        Assert.True(code == 2, $"exit code {code}: {error}");
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }
}
