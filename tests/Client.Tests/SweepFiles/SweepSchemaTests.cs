using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Distributed.Testing;
using Json.Schema;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Vocabulary = Distributed.Client.SweepFiles.Vocabulary;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>The published schema and the reader agree.</summary>
public sealed class SweepSchemaTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Examples, "sweep.schema.json"));
    private static readonly JsonSchema Schema = JsonSchema.FromText(Text);
    private static readonly JsonObject Root = JsonNode.Parse(Text)!.AsObject();

    [Theory]
    [InlineData("shapes")]
    [InlineData("mnist")]
    [InlineData("resnet20-cifar10")]
    public void Every_example_keeps_the_schema(string name)
    {
        using StringReader text = new(File.ReadAllText(Path.Combine(Repository.Examples, $"{name}.yaml")));
        Parser parser = new(text);
        parser.Consume<StreamStart>();
        parser.Consume<DocumentStart>();
        Assert.True(Keeps(Json(parser)));
    }

    [Fact]
    public void Every_spec_that_the_reader_takes_keeps_the_schema() =>
        AnySpec.Valid.Sample(spec => Keeps(SpecYaml.Tree(spec)), iter: 200, print: spec => SpecYaml.Write(spec));

    [Fact]
    public void Schema_and_reader_know_the_same_keys()
    {
        (string Path, IReadOnlyList<string> Keys)[] sections =
        [
            ("", Vocabulary.Root), ("model", Vocabulary.Model), ("dataset", Vocabulary.Dataset), ("baseline", Vocabulary.Training),
            ("baseline/augmentation", Vocabulary.Augmentation), ("recovery", Vocabulary.Training), ("objectives/items", Vocabulary.Objective),
            ("constraints/items", Vocabulary.Constraint), ("sampler", Vocabulary.Sampler), ("early-stopping", Vocabulary.EarlyStopping),
            ("warm-start", Vocabulary.WarmStart), ("budget", Vocabulary.Budget), ("budget/stagnation", Vocabulary.Stagnation), ("latency", Vocabulary.Latency), ("hardware", Vocabulary.Hardware), ("notify", Vocabulary.Notify), ("space", ParameterNames.All),
        ];
        foreach (var (path, keys) in sections)
            Assert.Equal(keys.Order(StringComparer.Ordinal), Properties(path).Select(pair => pair.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Schema_and_reader_know_the_same_names()
    {
        Assert.Equal(Vocabulary.Zoo, Names("model/zoo"));
        Assert.Equal(Vocabulary.Formats, Names("dataset/format"));
        Assert.Equal(Vocabulary.Metrics, Names("objectives/items/metric"));
        Assert.Equal(Vocabulary.Metrics, Names("constraints/items/metric"));
        Assert.Equal(Vocabulary.Directions, Names("objectives/items/direction"));
        Assert.Equal(Vocabulary.Samplers, Names("sampler/name"));
        Assert.Equal(Vocabulary.StoppingRules, Names("early-stopping/rule"));
        Assert.Equal(Vocabulary.Presets, Names("hardware/preset"));
        Assert.Equal(Vocabulary.Presets, Find("hardware")!["then"]!["enum"]!.AsArray().Select(name => name!.GetValue<string>()));
        Assert.Equal(Vocabulary.Granularities, Names("hardware/granularity"));
        Assert.Equal(Vocabulary.NotifyEvents, Names("notify/events/items"));
        Assert.Equal(Vocabulary.Devices, Names("device"));
    }

    [Fact]
    public void Schema_reader_and_search_know_the_same_samplers() =>
        Assert.Equal(Distributed.Search.Samplers.Names, Vocabulary.Samplers.Order(StringComparer.Ordinal));

    /// <summary>UPDATE_EXPECTED=1 writes the space's part of the schema anew.</summary>
    [Fact]
    public void The_schema_of_the_space_is_that_of_the_table_of_parameters()
    {
        var expected = Root.DeepClone().AsObject();
        (expected["properties"]!["space"]!["properties"], expected["properties"]!["space"]!["patternProperties"]) = SpaceSchema.Write();
        Expected.Matches(expected.ToJsonString(new(SweepJson.Options) { WriteIndented = true }), Path.Combine(Repository.Examples, "sweep.schema.json"));
    }

    [Fact]
    public void Every_key_has_a_title_and_a_description() => Assert.All(Described(Root, "properties"), property =>
    {
        Assert.NotNull(property.Value["title"]);
        Assert.NotNull(property.Value["description"]);
    });

    [Fact]
    public void The_defaults_of_the_schema_are_those_of_the_spec()
    {
        SweepSpec spec = new() { Name = new("defaults"), Model = new() { Zoo = "lenet" }, Dataset = new() { Format = "shapes" }, Space = new([]), Budget = new() };
        foreach (var (path, value) in Leaves(SpecYaml.Tree(spec), ""))
        {
            if (Find(path)?["default"] is { } told) Assert.True(JsonNode.DeepEquals(told, JsonNode.Parse(value.ToJsonString())), $"{path}: {told} but {value}");
        }
    }

    /// <summary>Each number of the file is set to and just beyond the ends of its range: schema and reader must judge alike.</summary>
    [Fact]
    public void Schema_and_reader_draw_the_same_limits()
    {
        int judged = 0;
        foreach (var (path, _) in Leaves(SpecYaml.Tree(Full), "").Where(leaf => Find(leaf.Path)?["type"]?.GetValue<string>() is "number" or "integer").ToList())
        {
            foreach (double value in Probes(Find(path)!))
            {
                var tree = SpecYaml.Tree(Full);
                Set(tree, path, value);
                Assert.True(Keeps(tree) == (Texts.Problems(tree.ToJsonString()).Count == 0), Invariant($"{path} = {value}: schema says {Keeps(tree)}"));
                judged++;
            }
        }

        Assert.True(judged > 100, $"only {judged} values were judged");
    }

    [Fact]
    public void Schema_and_reader_refuse_the_same_unknown_keys()
    {
        foreach (string path in (string[])["", "model", "dataset", "baseline", "baseline/augmentation", "sampler", "early-stopping", "budget", "budget/stagnation", "latency", "hardware", "notify", "space", "space/ratio"])
        {
            var tree = SpecYaml.Tree(Full);
            path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode)tree, (node, key) => node[key]!)["unknown"] = 1;
            Assert.False(Keeps(tree));
            Assert.NotEmpty(Texts.Problems(tree.ToJsonString()));
        }
    }

    private static SweepSpec Full { get; } = new()
    {
        Name = new("full"),
        Model = new() { Zoo = "lenet" },
        Dataset = new() { Format = "shapes", Train = 100, Validation = 10, Test = 10 },
        Space = new([new Parameter.Real("ratio", 0, 0.5), new Parameter.Integer("steps", 1, 3)]),
        Sampler = new() { Initial = 4 },
        Budget = new() { Trials = 4, Time = TimeSpan.FromMinutes(1), Epochs = 3, Stagnation = new() },
        Hardware = new(),
        Notify = new() { Url = "https://example.org/hook" },
        Weight = 2,
        Priority = 1,
    };

    private static IEnumerable<double> Probes(JsonNode schema)
    {
        double step = schema["type"]!.GetValue<string>() == "integer" ? 1 : 1e-3;
        foreach (string end in (string[])["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"])
        {
            if (schema[end]?.GetValue<double>() is not { } limit) continue;
            yield return limit;
            if (Math.Abs(limit) > 1e12) continue;
            yield return limit - step;
            yield return limit + step;
        }

        if (step == 1) yield return 5.5;
    }

    private static bool Keeps(JsonNode? tree) => Schema.Evaluate(JsonSerializer.SerializeToElement(tree)).IsValid;

    private static JsonObject Properties(string path) => (path.Length == 0 ? Root : Find(path)!)["properties"]!.AsObject();

    private static IEnumerable<string> Names(string path) => Find(path)!["enum"]!.AsArray().Select(name => name!.GetValue<string>());

    /// <summary>The schema of "section/key"; "items" steps into a list's items, a number is passed over.</summary>
    private static JsonNode? Find(string path)
    {
        JsonNode? node = Root;
        foreach (string key in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node = key == "items" || int.TryParse(key, out _) ? node?["items"] : node?["properties"]?[key];
        }

        return node;
    }

    private static IEnumerable<(string Path, JsonValue Value)> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.SelectMany(pair => Leaves(pair.Value, $"{path}/{pair.Key}")),
        JsonArray list => list.SelectMany((item, i) => Leaves(item, $"{path}/{i}")),
        JsonValue value => [(path, value)],
        _ => [],
    };

    private static void Set(JsonObject tree, string path, double value)
    {
        string[] keys = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var owner = keys.SkipLast(1).Aggregate((JsonNode)tree, (node, key) => int.TryParse(key, out int i) ? node[i]! : node[key]!);
        owner[keys[^1]] = value;
    }

    private static IEnumerable<(string Name, JsonObject Value)> Described(JsonObject schema, string at)
    {
        foreach (var (name, value) in schema[at]?.AsObject() ?? [])
        {
            if (value is not JsonObject property) continue;
            yield return (name, property);
            var deeper = Described(property, "properties").Concat(property["items"] is JsonObject items ? Described(items, "properties") : []);
            foreach (var inner in deeper) yield return inner;
        }
    }

    private static JsonNode? Json(Parser parser)
    {
        if (parser.TryConsume<MappingStart>(out _))
        {
            JsonObject map = [];
            while (!parser.TryConsume<MappingEnd>(out _)) map[parser.Consume<Scalar>().Value] = Json(parser);
            return map;
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            JsonArray list = [];
            while (!parser.TryConsume<SequenceEnd>(out _)) list.Add(Json(parser));
            return list;
        }

        string text = parser.Consume<Scalar>().Value;
        return bool.TryParse(text, out bool flag) ? flag : double.TryParse(text, out double number) ? number : text;
    }
}
