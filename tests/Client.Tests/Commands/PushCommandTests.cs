using Distributed.Client.Tests.Samples;

namespace Distributed.Client.Tests.Commands;

public sealed class PushCommandTests : IDisposable
{
    private readonly CommandLine _line = new();

    private string Store => Path.Combine(_line.Folder, "store");

    public void Dispose() => _line.Dispose();

    [Fact]
    public async Task A_model_is_put_into_the_store_once_and_its_reference_is_printed()
    {
        await File.WriteAllTextAsync(Path.Combine(_line.Folder, "net.onnx"), "abc", TestContext.Current.CancellationToken);
        const string Reference = "store:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/net.onnx";
        Assert.Equal(0, await _line.Run("model", "push", "net.onnx", "--store", Store));
        Assert.Equal(Reference, _line.Output.Trim());
        Assert.Equal(0, await _line.Run("data", "push", "net.onnx", "--store", Store, "--json"));
        Assert.Contains($"\"reference\":\"{Reference}\"", _line.Lines, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(Path.Combine(Store, "artifacts"), "net.onnx", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_path_at_which_there_is_nothing_is_bad_input_and_makes_no_store()
    {
        Assert.Equal(2, await _line.Run("data", "push", "nothing", "--store", Store));
        Assert.False(Directory.Exists(Store));
    }

    [Fact]
    public async Task A_report_on_a_pushed_dataset_is_told_the_store_and_another_is_not()
    {
        Directory.CreateDirectory(Path.Combine(Store, "logs"));
        var log = SampleSweep.Log();
        _line.Sessions.Stored = log;
        Assert.Equal(0, await _line.Run("model", "report", "sample", "--knee", "--store", Store));
        Assert.Null(_line.Sessions.ReportStore);
        SweepSpec spec = SampleSweep.Spec with { Dataset = SampleSweep.Spec.Dataset with { Path = $"store:{new string('b', 64)}/images.zip" } };
        _line.Sessions.Stored = [log[0] with { Record = new SweepRecord.Launched(spec) }, .. log.Skip(1)];
        Assert.Equal(0, await _line.Run("model", "report", "sample", "--knee", "--store", Store));
        Assert.Equal(Store, $"{_line.Sessions.ReportStore}");
    }

    [Theory]
    [InlineData("export", "demo")]
    [InlineData("import", "nothing.tar")]
    [InlineData("repair", "demo")]
    public async Task What_is_not_there_can_be_neither_exported_nor_imported_nor_repaired(string command, string what) =>
        Assert.Equal(2, await _line.Run("sweep", command, what, "--store", Path.Combine(_line.Folder, "nowhere")));

    [Fact]
    public async Task A_misspelt_sweep_is_not_told_to_be_whole()
    {
        Directory.CreateDirectory(Path.Combine(Store, "logs"));
        Assert.Equal(2, await _line.Run("sweep", "repair", "smaple", "--store", Store));
        Assert.Contains("there is no such sweep in the store", _line.Messages, StringComparison.Ordinal);
    }
}
