using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class SingleModelCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData("measure", "nowhere.onnx")]
    [InlineData("evaluate", "nowhere.onnx")]
    [InlineData("measure", "nowhere.onnx", "--threads", "0")]
    [InlineData("evaluate", "nowhere.onnx", "--format", "parquet")]
    public async Task A_single_file_that_is_not_there_or_a_wrong_option_is_bad_input(params string[] arguments) =>
        Assert.Equal(2, await _line.Run(["model", .. arguments]));

    [Fact]
    public async Task A_pulled_model_is_judged_as_its_lineage_says()
    {
        await File.WriteAllTextAsync(Path.Combine(_line.Folder, "model.onnx"), "", TestContext.Current.CancellationToken);
        var spec = SampleSweep.Spec with { Seed = 7, Dataset = new() { Format = "shapes", Validation = 321 } };
        string lineage = SweepJson.Write(new { Spec = spec, Input = new { Mean = (double[])[0.25], Deviation = (double[])[0.5] } });
        await File.WriteAllTextAsync(Path.Combine(_line.Folder, "lineage.json"), lineage, TestContext.Current.CancellationToken);

        Assert.Equal(0, await _line.Run("model", "evaluate", "model.onnx"));
        var asked = _line.Sessions.Evaluated!;
        Assert.Equal((7UL, 321, "shapes"), (asked.Seed, asked.Dataset.Validation, asked.Dataset.Format));
        Assert.Equal([0.25], asked.Mean);
        Assert.Equal([0.5], asked.Deviation);

        Assert.Equal(0, await _line.Run("model", "evaluate", "model.onnx", "--seed", "9", "--mean", "0.1", "--std", "0.2", "--validation", "11"));
        asked = _line.Sessions.Evaluated!;
        Assert.Equal((9UL, 11), (asked.Seed, asked.Dataset.Validation));
        Assert.Equal([0.1], asked.Mean);

        Assert.Equal(0, await _line.Run("model", "evaluate", "model.onnx", "--mean", "0.485,0.456, 0.406", "--std", "0.1", "0.2", "0.3"));
        asked = _line.Sessions.Evaluated!;
        Assert.Equal([0.485, 0.456, 0.406], asked.Mean);
        Assert.Equal([0.1, 0.2, 0.3], asked.Deviation);
    }

    [Theory]
    [InlineData("--mean: '0.4x' is not a number. Give one for all channels", "--mean", "0.1,0.4x")]
    [InlineData("--std: 'NaN' is not a number. Give one for all channels", "--std", "NaN")]
    [InlineData("--validation: '1.5' is not a whole number.", "--validation", "1.5")]
    [InlineData("--seed: '-1' is not a whole number of at least 0.", "--seed", "-1")]
    public async Task A_value_that_is_no_number_is_told_without_the_names_of_types(string told, params string[] arguments)
    {
        Assert.Equal(2, await _line.Run(["model", "evaluate", "model.onnx", .. arguments]));
        Assert.Contains(told, _line.Messages);
        Assert.DoesNotContain("System.", _line.Messages);
    }
}
