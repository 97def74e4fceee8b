using Distributed.Client.SweepFiles;
using Distributed.Testing;

namespace Distributed.Client.Tests.SweepFiles;

public sealed class SweepFileTests
{
    private const string Least = """
        model: { zoo: lenet }
        dataset: { format: shapes }
        space: { ratio: { real: [0, 0.8] } }
        budget: { trials: 4 }
        """;

    [Fact]
    public void What_is_left_out_is_the_specs_default()
    {
        SweepSpec expected = new()
        {
            Name = new("demo"),
            Model = new() { Zoo = "lenet" },
            Dataset = new() { Format = "shapes" },
            Space = new([new Parameter.Real("ratio", 0, 0.8)]),
            Budget = new() { Trials = 4 },
        };
        Assert.Equal(expected.Fingerprint(), Texts.Parse(Least, "some/Demo.yaml").Fingerprint());
    }

    [Fact]
    public void A_section_changes_only_the_keys_that_it_names()
    {
        var spec = Texts.Parse(Least + "\nrecovery: { epochs: 9 }");
        Assert.Equal(new TrainingSpec { Epochs = 9, LearningRate = 0.02 }, spec.Recovery);
    }

    [Fact]
    public void A_reference_to_a_store_stays_as_it_is()
    {
        string hash = new('a', 64);
        var spec = Texts.Parse($$"""
            model: { onnx: "store:{{hash}}/net.onnx" }
            dataset: { format: idx, path: "store:{{hash}}/digits.folder.tar" }
            space: { ratio: { real: [0, 0.8] } }
            budget: { trials: 4 }
            """);
        Assert.Equal(($"store:{hash}/net.onnx", $"store:{hash}/digits.folder.tar"), (spec.Model.Onnx, spec.Dataset.Path));
        var error = Assert.Throws<InvalidSweepFileException>(() => Texts.Parse(Least.Replace("zoo: lenet", "onnx: \"store:abc/net.onnx\"", StringComparison.Ordinal)));
        Assert.Contains("model push", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relative_paths_are_relative_to_the_files_folder()
    {
        var spec = Texts.Parse("""
            model: { onnx: ../models/net.onnx }
            dataset: { format: idx, path: data }
            space: { ratio: { real: [0, 0.8] } }
            budget: { trials: 4 }
            """);
        Assert.Equal("/models/net.onnx", spec.Model.Onnx);
        Assert.Equal("/folder/data", spec.Dataset.Path);
    }

    [Fact]
    public void Overrides_replace_model_and_data_and_spare_their_keys()
    {
        string folder = AppContext.BaseDirectory;
        var spec = Texts.Parse("""
            model: { zoo: lenet, mean: [0.5], std: [0.2] }
            dataset: { format: idx }
            space: { ratio: { real: [0, 0.8] } }
            budget: { trials: 4 }
            """, overrides: new(Data: folder, Model: folder));
        Assert.Equal(Path.GetFullPath(folder), spec.Dataset.Path);
        Assert.Equal((null, Path.GetFullPath(folder)), (spec.Model.Zoo, spec.Model.Onnx));
        Assert.Equal([0.5], spec.Model.Mean);
    }

    [Fact]
    public void An_override_that_leads_nowhere_names_its_option()
    {
        var error = Assert.Throws<InvalidInputException>(() => Texts.Parse(Least, overrides: new(Model: "no/such.onnx")));
        Assert.Equal("--model", error.Place);
    }

    [Fact]
    public void Generated_data_cannot_be_overridden()
    {
        var error = Assert.Throws<InvalidInputException>(() => Texts.Parse(Least, overrides: new(Data: AppContext.BaseDirectory)));
        Assert.Equal("--data", error.Place);
    }

    [Fact]
    public void An_anchor_may_be_used_again()
    {
        var spec = Texts.Parse(Least + "\nbaseline: &train { epochs: 3 }\nrecovery: *train");
        Assert.Equal(3, spec.Recovery.Epochs);
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("mnist")]
    [InlineData("resnet20-cifar10")]
    public void The_examples_can_be_read(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Examples, $"{name}.yaml"));
        Assert.Equal(name, Texts.Parse(text, $"{name}.yaml").Name.Value);
    }

    [Theory]
    [InlineData("epoch", "epochs")]
    [InlineData("learning_rate", "learning-rate")]
    [InlineData("Momentum", "momentum")]
    [InlineData("wamrup", "warmup")]
    [InlineData("x", null)]
    [InlineData("something-else", null)]
    public void A_near_word_is_suggested_and_a_far_one_is_not(string word, string? nearest) =>
        Assert.Equal(nearest, Spelling.Nearest(word, Vocabulary.Training));

    [Theory]
    [InlineData("ca", "abc", 3)]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("", "abc", 3)]
    public void Distance_counts_insertions_deletions_substitutions_and_swaps(string a, string b, int distance) =>
        Assert.Equal(distance, Spelling.Distance(a, b));

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("4m", 240)]
    [InlineData("1h30m", 5400)]
    [InlineData("0.5h", 1800)]
    [InlineData("1h1m1s", 3661)]
    public void Times_are_read(string text, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Duration.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("m")]
    [InlineData("1m1h")]
    [InlineData("-1s")]
    [InlineData("9000h")]
    [InlineData("1.m")]
    public void What_is_no_time_is_not_read(string text) => Assert.Null(Duration.Parse(text));
}
