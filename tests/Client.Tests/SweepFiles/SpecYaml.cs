using System.Text.Json.Nodes;
using Distributed.Client.SweepFiles;

namespace Distributed.Client.Tests.SweepFiles;

/// <summary>Writes a spec as a sweep file, every key spelled out. JSON is YAML, so the text is both.</summary>
internal static class SpecYaml
{
    public static string Write(SweepSpec spec) => Tree(spec).ToJsonString(SweepJson.Options);

    public static JsonObject Tree(SweepSpec spec)
    {
        JsonObject root = new()
        {
            ["name"] = spec.Name.Value,
            ["seed"] = spec.Seed,
            ["model"] = Model(spec.Model),
            ["dataset"] = Some(("format", spec.Dataset.Format), ("path", spec.Dataset.Path), ("train", spec.Dataset.Train), ("validation", spec.Dataset.Validation), ("test", spec.Dataset.Test)),
            ["baseline"] = Training(spec.Baseline),
            ["recovery"] = Training(spec.Recovery),
            ["objectives"] = new JsonArray([.. spec.Objectives.Select(goal => Some(("metric", Vocabulary.NameOf(goal.Metric)), ("direction", Vocabulary.NameOf(goal.Direction)), ("reference", goal.Reference)))]),
            ["constraints"] = new JsonArray([.. spec.Constraints.Select(bound => Some(("metric", Vocabulary.NameOf(bound.Metric)), ("at-most", bound.AtMost), ("at-least", bound.AtLeast)))]),
            ["space"] = new JsonObject(spec.Space.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)SpaceYaml.Of(parameter)))),
            ["space-constraints"] = new JsonArray([.. (spec.Space.Constraints ?? []).Select(SpaceYaml.Of)]),
            ["sampler"] = Some(("name", spec.Sampler.Name), ("initial", spec.Sampler.Initial), ("horizon", spec.Sampler.Horizon)),
            ["early-stopping"] = Some(("enabled", spec.EarlyStopping.Enabled), ("rule", spec.EarlyStopping.Rule), ("first-rung", spec.EarlyStopping.FirstRung), ("reduction", spec.EarlyStopping.Reduction), ("grace", spec.EarlyStopping.Grace), ("protection", spec.EarlyStopping.Protection)),
            ["budget"] = Some(("trials", spec.Budget.Trials), ("time", spec.Budget.Time is { } time ? Duration.Write(time) : null), ("epochs", spec.Budget.Epochs), ("stagnation", spec.Budget.Stagnation is { } still ? Some(("gain", still.Gain), ("trials", still.Trials)) : null)),
            ["latency"] = Some(("batch-size", spec.Latency.BatchSize), ("threads", spec.Latency.Threads), ("sessions", spec.Latency.Sessions), ("warmup", spec.Latency.Warmup), ("runs", spec.Latency.Runs)),
        };
        if (spec.Hardware is { } hardware)
            root["hardware"] = Some(("preset", hardware.Preset), ("granularity", Vocabulary.NameOf(hardware.Granularity)), ("quantum", hardware.Quantum is { } quantum ? quantum : "detected"), ("depth-weight", hardware.DepthWeight));
        if (spec.Notify is { } notify)
        {
            root["notify"] = Some(("url", notify.Url), ("secret-env", notify.SecretEnv));
            root["notify"]!["events"] = new JsonArray([.. notify.Events.Select(one => JsonValue.Create(Vocabulary.NameOf(one)))]);
        }

        if (spec.Weight is { } weight) root["weight"] = weight;
        if (spec.Priority is { } priority) root["priority"] = priority;
        if (spec.Device is { } device) root["device"] = device;
        if (spec.WarmStart is { } warm) root["warm-start"] = SpaceYaml.Of(warm);
        return root;
    }

    private static JsonObject Model(ModelSpec model)
    {
        var node = Some(("zoo", model.Zoo), ("onnx", model.Onnx));
        node["mean"] = Numbers(model.Mean);
        node["std"] = Numbers(model.Deviation);
        node["keep"] = new JsonArray([.. model.Keep.Select(name => JsonValue.Create(name))]);
        return node;
    }

    private static JsonObject Training(TrainingSpec training)
    {
        var node = Some(
            ("epochs", training.Epochs), ("learning-rate", training.LearningRate), ("batch-size", training.BatchSize),
            ("momentum", training.Momentum), ("weight-decay", training.WeightDecay), ("warmup", training.Warmup));
        node["augmentation"] = Some(("crop", training.CropPadding), ("flip", training.Flip));
        return node;
    }

    private static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(number => JsonValue.Create(number))]);

    private static JsonObject Some(params (string Key, object? Value)[] pairs) =>
        new(pairs.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, System.Text.Json.JsonSerializer.SerializeToNode(pair.Value))));
}
