using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace Distributed.EndToEnd.Tests;

public sealed class PruneTests
{
    [Fact]
    public async Task A_model_is_pruned_without_a_sweep_and_judged_alike_afterwards()
    {
        using var folder = new TemporaryFolder();
        await Trained(folder);
        var (code, output, error) = await ConsoleProcess.Run(
            folder.Path, "model", "prune", "small-models/model.onnx", "--ratio", "0.5", "--criterion", "taylor", "-o", "out/half.onnx", "--json");
        Assert.True(code == 0, error);
        using var told = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var (before, after) = (told.RootElement.GetProperty("before"), told.RootElement.GetProperty("after"));
        Assert.InRange(after.GetProperty("macs").GetInt64(), 1, (long)(0.6 * before.GetProperty("macs").GetInt64()));
        using (InferenceSession session = new(Path.Combine(folder.Path, "out", "half.onnx"))) Assert.Single(session.OutputNames);

        var (judged, answer, _) = await ConsoleProcess.Run(folder.Path, "model", "evaluate", "out/half.onnx", "--json");
        Assert.Equal(0, judged);
        using var again = JsonDocument.Parse(answer);
        Assert.Equal(after.GetProperty("testAccuracy").GetDouble(), again.RootElement.GetProperty("test").GetDouble(), 0.005);
    }

    [Fact]
    public async Task An_interrupted_pruning_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        await Trained(folder);
        using var console = ConsoleProcess.Start(folder.Path, "model", "prune", "small-models/model.onnx", "--epochs", "10000", "-o", "out/half.onnx");
        await console.Says("fine-tuning");
        console.Interrupt();
        Assert.Equal(130, await console.Ended());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder.Path, "out")));
    }

    /// <summary>A trained LeNet in small-models/, its lineage beside it.</summary>
    private static async Task Trained(TemporaryFolder folder)
    {
        var (code, _, error) = await ConsoleProcess.Run(folder.Path, "run", folder.Write("small.yaml", SweepFiles.Shapes(trials: 1)), "--json");
        Assert.True(code == 0, error);
        (code, _, error) = await ConsoleProcess.Run(folder.Path, "model", "pull", "small", "--trial", "0");
        Assert.True(code == 0, error);
    }
}
