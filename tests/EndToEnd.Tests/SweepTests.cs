using Distributed.Testing;
using Microsoft.ML.OnnxRuntime;

namespace Distributed.EndToEnd.Tests;

public sealed class SweepTests
{
    [Fact]
    public async Task A_sweep_ends_with_a_front_of_files_that_load_elsewhere()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("small.yaml", SweepFiles.Shapes());
        var (code, output, error) = await ConsoleProcess.Run(folder.Path, "run", file, "--json");
        Assert.True(code == 0, error);
        var report = RunReport.Parse(output);
        Assert.Equal(5, report.Trials.Completed + report.Trials.Stopped);
        Assert.Equal(0, report.Trials.Failed);
        Assert.NotEmpty(report.Front);
        Assert.All(report.Front, model => Assert.True(model.LatencyRatio <= 1, "A model on the front is slower than the dense one."));
        foreach (var model in report.Front)
        {
            string path = Path.Combine(folder.Path, model.Model);
            Assert.Equal(model.Bytes, new FileInfo(path).Length);
            using var session = new InferenceSession(path);
            Assert.Single(session.OutputNames);
        }
    }

    [Fact]
    public async Task A_model_has_the_reported_test_accuracy_where_nothing_of_ours_judges_it()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("digits.yaml", SweepFiles.MnistFile(Repository.Shared("data/mnist")));
        var (code, output, error) = await ConsoleProcess.Run(folder.Path, "run", file, "--json");
        Assert.True(code == 0, error);
        foreach (var model in RunReport.Parse(output).Front)
        {
            double judged = Mnist.TestAccuracy(Path.Combine(folder.Path, model.Model), 0.1307, 0.3081);
            Assert.Equal(model.TestAccuracy, judged, 0.002);
        }
    }

    [Fact]
    public async Task The_same_seed_proposes_the_same_candidates_in_the_same_order()
    {
        using var first = new TemporaryFolder();
        using var second = new TemporaryFolder();
        string one = await Candidates(first, "1");
        string other = await Candidates(second, "2");
        Assert.NotEmpty(one);
        Assert.Equal(one, other);
    }

    /// <summary>The candidates of a sweep that was run on so many slots. MACs as the cost: latency tables differ between two stores.</summary>
    private static async Task<string> Candidates(TemporaryFolder folder, string slots)
    {
        const string Macs = "objectives: [{ metric: accuracy, direction: maximize }, { metric: macs, direction: minimize }]";
        string file = folder.Write("small.yaml", SweepFiles.Shapes(trials: 9, extra: Macs));
        var (code, _, error) = await ConsoleProcess.Run(folder.Path, "run", file, "--json", "--slots", slots);
        Assert.True(code == 0, error);
        var lines = new List<string>();
        for (int trial = 1; trial <= 9; trial++)
        {
            var (_, shown, _) = await ConsoleProcess.Run(folder.Path, "trial", "show", "small", Invariant($"{trial}"), "--json");
            using var json = System.Text.Json.JsonDocument.Parse(shown.TrimEnd().Split('\n')[^1]);
            lines.Add(json.RootElement.GetProperty("candidate").GetRawText());
        }

        return string.Join('\n', lines);
    }
}
