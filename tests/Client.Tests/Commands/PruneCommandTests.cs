using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class PruneCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public PruneCommandTests() => File.WriteAllText(Path.Combine(_line.Folder, "model.onnx"), "");

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("model-prune.txt")]
    [InlineData("model-prune.jsonl", "--json")]
    public async Task What_is_told_of_a_pruned_model_is_pinned(string file, params string[] more)
    {
        Assert.Equal(0, await _line.Run(["model", "prune", "model.onnx", "--format", "shapes", "-o", "out/small.onnx", "--criterion", "taylor", .. more]));
        Expected.Matches(_line.Output + _line.Lines, Path.Combine(Expected.Folder(), file));
        Assert.Contains("pruning", _line.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_lie_beside_each_other_and_nothing_else_does()
    {
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "out/small.onnx"));
        Assert.Equal(
            ["lineage.json", "plan.json", "small.onnx"],
            Directory.EnumerateFileSystemEntries(Path.Combine(_line.Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Whatever_goes_wrong_nothing_is_written()
    {
        foreach (var (error, code) in new (Exception, int)[] { (new InvalidInputException("model", "it does not fit", "Give another."), 2), (new Client.Sessions.SiloFailedException("NaN"), 1) })
        {
            _line.Sessions.PruneFails = error;
            Assert.Equal(code, await _line.Run("model", "prune", "model.onnx", "-o", "out/small.onnx"));
            Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_line.Folder, "out")));
        }
    }

    [Fact]
    public async Task The_candidate_is_what_the_options_say()
    {
        Assert.Equal(0, await _line.Run(
            "model", "prune", "model.onnx", "-o", "out/small.onnx", "--format", "shapes", "--ratio", "0.3", "--epochs", "0", "--int8",
            "--set", "ratio/conv1=0.25", "--set", "ranking=global", "--seed", "7", "--mean", "0.1", "--std", "0.2"));
        var asked = _line.Sessions.Pruned!;
        Assert.Equal("criterion=l1; epochs=0; precision=int8; ranking=global; ratio=0.3; ratio/conv1=0.25", asked.Candidate.ToString());
        Assert.Equal((0, 7UL, "shapes"), (asked.Spec.Baseline.Epochs, asked.Spec.Seed, asked.Spec.Dataset.Format));
        Assert.Equal([0.1], asked.Spec.Model.Mean);
        Assert.False(asked.Spec.EarlyStopping.Enabled);
    }

    [Theory]
    [InlineData("--ratio", "1")]
    [InlineData("--ratio", "NaN")]
    [InlineData("--epochs", "-1")]
    [InlineData("--criterion", "tailor")]
    [InlineData("--set", "steps=1.5")]
    [InlineData("--set", "learning-rat=0.1")]
    [InlineData("--set", "precision=0")]
    [InlineData("--set", "nothing")]
    [InlineData("--format", "parquet")]
    [InlineData("-o", ".")]
    public async Task A_value_that_cannot_be_is_bad_input(params string[] more)
    {
        string[] output = more[0] == "-o" ? [] : ["-o", "small.onnx"];
        Assert.Equal(2, await _line.Run(["model", "prune", "model.onnx", .. output, .. more]));
        Assert.Null(_line.Sessions.Pruned);
    }

    [Fact]
    public async Task No_model_is_replaced_by_its_own_pruning_nor_loses_its_lineage_to_another()
    {
        Assert.Equal(2, await _line.Run("model", "prune", "model.onnx", "-o", "./model.onnx"));
        Assert.Contains("it is the model that is pruned", _line.Messages, StringComparison.Ordinal);
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "out/a.onnx"));
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "out/a.onnx"));
        Assert.Equal(2, await _line.Run("model", "prune", "model.onnx", "-o", "out/b.onnx"));
        Assert.Contains("tell of a.onnx", _line.Messages, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_line.Folder, "out", "b.onnx")));
    }

    [Fact]
    public async Task The_lineage_of_the_model_that_is_pruned_is_never_replaced()
    {
        string lineage = SweepJson.Write(new { SampleSweep.Spec, Input = new { Mean = (double[])[0.25], Deviation = (double[])[0.5] } });
        await File.WriteAllTextAsync(Path.Combine(_line.Folder, "lineage.json"), lineage, TestContext.Current.CancellationToken);
        Assert.Equal(2, await _line.Run("model", "prune", "model.onnx", "-o", "small.onnx"));
        Assert.Contains("same folder", _line.Messages, StringComparison.Ordinal);
        File.Move(Path.Combine(_line.Folder, "model.onnx"), Path.Combine(_line.Folder, "model"));
        Assert.Equal(2, await _line.Run("model", "prune", "model", "-o", "small.onnx"));
        File.Move(Path.Combine(_line.Folder, "model"), Path.Combine(_line.Folder, "model.onnx"));
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "out/small.onnx"));
        Assert.Equal([0.25], _line.Sessions.Pruned!.Spec.Model.Mean);
    }
}
