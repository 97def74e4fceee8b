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
    public async Task Zero_weights_and_what_was_gained_by_none_of_it_are_told()
    {
        var after = SampleSweep.Measured(0.88, 1);
        _line.Sessions.PrunedTo = after with { CompressedBytes = 150_000, Sparsity = new("2:4", 2000, 1000), OverFloat32 = 1.3, Latency = after.Latency with { Settled = false } };
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "out/small.onnx"));
        string told = _line.Output + _line.Lines;
        Assert.Matches(@"size, compressed \(Brotli\) *│ *│ *150 kB", told);
        Assert.Matches(@"zero weights \(2:4\) *│ *│ *50\.00 %", told);
        Assert.Contains("ONNX Runtime is no faster by them", told, StringComparison.Ordinal);
        Assert.Contains("int8 is 1.3× slower than its float32 parent", told, StringComparison.Ordinal);
        Assert.Contains("The latency never settled", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_files_lie_beside_each_other_and_nothing_else_does()
    {
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "out/small.onnx"));
        Assert.Equal(
            ["small.lineage.json", "small.onnx", "small.plan.json"],
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
            "--set", "ratio/conv1=0.25", "--set", "ranking=global", "--set", "criterion=taylor", "--seed", "7", "--mean", "0.1", "--std", "0.2"));
        var asked = _line.Sessions.Pruned!;
        Assert.Equal("criterion=taylor; epochs=0; precision=int8; ranking=global; ratio=0.3; ratio/conv1=0.25", asked.Candidate.ToString());
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
    [InlineData("--int8", "--set", "precision=float32")]
    [InlineData("--ratio", "0.3", "--set", "ratio=0.5")]
    [InlineData("--set", "steps=3", "--set", "steps=4")]
    [InlineData("--set", "weight-bits=4")]
    [InlineData("--set", "calibration=entropy")]
    [InlineData("--set", "quantization-aware=on")]
    [InlineData("--set", "sparsity-ratio=0.5", "--set", "sparsity=2:4")]
    [InlineData("--set", "temperature=2")]
    [InlineData("--set", "teacher=progressive", "--set", "distillation=0")]
    [InlineData("--format", "parquet")]
    [InlineData("-o", ".")]
    public async Task A_value_that_cannot_be_is_bad_input(params string[] more)
    {
        string[] output = more[0] == "-o" ? [] : ["-o", "small.onnx"];
        Assert.Equal(2, await _line.Run(["model", "prune", "model.onnx", .. output, .. more]));
        Assert.Null(_line.Sessions.Pruned);
    }

    [Fact]
    public async Task What_acts_with_something_else_only_is_taken_with_it()
    {
        Assert.Equal(0, await _line.Run(
            "model", "prune", "model.onnx", "-o", "small.onnx", "--set", "weight-bits=4", "--int8", "--set", "teacher=progressive", "--set", "distillation=0.5"));
        Assert.Equal(2, await _line.Run("model", "prune", "model.onnx", "-o", "other.onnx", "--set", "weight-bits=4"));
        Assert.Contains("--set weight-bits: it acts only with precision=int8. Set that too, or leave it out.", _line.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_model_is_replaced_by_its_own_pruning()
    {
        Assert.Equal(2, await _line.Run("model", "prune", "model.onnx", "-o", "./model.onnx"));
        Assert.Contains("it is the model that is pruned", _line.Messages, StringComparison.Ordinal);
        Assert.Null(_line.Sessions.Pruned);
    }

    [Fact]
    public async Task Models_of_one_folder_have_a_lineage_each()
    {
        await WriteLineage("lineage.json", 0.25);
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "a.onnx"));
        Assert.Equal([0.25], _line.Sessions.Pruned!.Spec.Model.Mean);
        Assert.Equal(0, await _line.Run("model", "prune", "model.onnx", "-o", "b"));
        Assert.Equal(
            ["a.lineage.json", "a.onnx", "a.plan.json", "b", "b.lineage.json", "b.plan.json", "lineage.json", "model.onnx"],
            Directory.EnumerateFileSystemEntries(_line.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await WriteLineage("a.lineage.json", 0.75);
        Assert.Equal(0, await _line.Run("model", "prune", "a.onnx", "-o", "c.onnx"));
        Assert.Equal([0.75], _line.Sessions.Pruned!.Spec.Model.Mean);
    }

    [Fact]
    public async Task A_place_where_nothing_can_be_written_is_named_before_anything_is_done()
    {
        Assert.Equal(2, await _line.Run("model", "prune", "model.onnx", "-o", "model.onnx/small.onnx"));
        Assert.Contains("no file can be written there", _line.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain(".prune-", _line.Messages.Split("no file can be")[0], StringComparison.Ordinal);
        Assert.Null(_line.Sessions.Pruned);
    }

    private Task WriteLineage(string name, double mean) => File.WriteAllTextAsync(
        Path.Combine(_line.Folder, name),
        SweepJson.Write(new { SampleSweep.Spec, Input = new { Mean = (double[])[mean], Deviation = (double[])[0.5] } }),
        TestContext.Current.CancellationToken);
}
