using System.Text.Json;

namespace Distributed.Client.SweepFiles;

/// <summary>The keys of a sweep file, section by section, and the names that its values may be. The published schema holds the same.</summary>
internal static class Vocabulary
{
    public static IReadOnlyList<string> Root { get; } =
    [
        "name", "seed", "model", "dataset", "baseline", "recovery", "objectives", "constraints", "space", "space-constraints", "warm-start",
        "sampler", "early-stopping", "budget", "latency", "hardware", "notify", "weight", "priority", "device",
    ];

    public static IReadOnlyList<string> Model { get; } = ["zoo", "onnx", "mean", "std", "keep"];

    public static IReadOnlyList<string> Dataset { get; } = ["format", "path", "train", "validation", "test"];

    public static IReadOnlyList<string> Training { get; } =
        ["epochs", "learning-rate", "batch-size", "momentum", "weight-decay", "warmup", "augmentation"];

    public static IReadOnlyList<string> Augmentation { get; } = ["crop", "flip"];

    public static IReadOnlyList<string> Objective { get; } = ["metric", "direction", "reference"];

    public static IReadOnlyList<string> Constraint { get; } = ["metric", "at-most", "at-least"];

    public static IReadOnlyList<string> Real { get; } = ["real", "scale", "per", "when"];

    public static IReadOnlyList<string> Integer { get; } = ["integer", "step", "scale", "when"];

    public static IReadOnlyList<string> Ordinal { get; } = ["ordinal", "when"];

    public static IReadOnlyList<string> Choice { get; } = ["choice", "when"];

    public static IReadOnlyList<string> Fixed { get; } = ["fixed", "when"];

    public static IReadOnlyList<string> Condition { get; } = ["at-least", "at-most"];

    public static IReadOnlyList<string> SumConstraint { get; } = ["sum", "at-most", "at-least"];

    public static IReadOnlyList<string> AscendingConstraint { get; } = ["ascending"];

    public static IReadOnlyList<string> ForbidConstraint { get; } = ["forbid"];

    public static IReadOnlyList<string> WarmStart { get; } = ["candidates", "sweep"];

    public static IReadOnlyList<string> Sampler { get; } = ["name", "initial", "horizon"];

    public static IReadOnlyList<string> EarlyStopping { get; } = ["enabled", "rule", "first-rung", "reduction", "grace", "protection"];

    public static IReadOnlyList<string> Budget { get; } = ["trials", "time", "epochs", "stagnation"];

    public static IReadOnlyList<string> Stagnation { get; } = ["gain", "trials"];

    public static IReadOnlyList<string> StoppingRules { get; } = ["halving", "median", "prospect"];

    public static IReadOnlyList<string> Latency { get; } = ["batch-size", "threads", "sessions", "warmup", "runs"];

    public static IReadOnlyList<string> Hardware { get; } = ["preset", "granularity", "quantum", "depth-weight", "batch-size", "precision", "weight-bits"];

    public static IReadOnlyList<string> Notify { get; } = ["url", "events", "secret-env"];

    public static IReadOnlyList<string> NotifyEvents { get; } = NamesOf<NotifyEvent>();

    public static IReadOnlyList<string> Presets { get; } = [.. HardwarePresets.All.Select(preset => preset.Name)];

    public static IReadOnlyList<string> Granularities { get; } = NamesOf<Granularity>();

    public static IReadOnlyList<string> Zoo { get; } =
        ["lenet", "resnet-8", "resnet-20", "resnet-56", "vgg-16-bn", "mobilenet-v2", "vit-tiny"];

    public static IReadOnlyList<string> Formats { get; } = ["shapes", "idx", "image-folder"];

    public static IReadOnlyList<string> Samplers { get; } = ["bayesian", "trust-region", "tpe", "nsga2", "sobol", "grid", "random"];

    public static IReadOnlyList<string> Metrics { get; } = NamesOf<Metric>();

    public static IReadOnlyList<string> Directions { get; } = NamesOf<Direction>();

    public static IReadOnlyList<string> Scales { get; } = NamesOf<Scale>();

    public static IReadOnlyList<string> IntegerScales { get; } = [NameOf(Scale.Linear), NameOf(Scale.Log)];

    public static IReadOnlyList<string> Devices { get; } = ["cpu", "cuda"];

    /// <summary>"latency-ratio" for <see cref="Metric.LatencyRatio"/>.</summary>
    public static string NameOf<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value that <see cref="NameOf"/> names.</summary>
    public static T Named<T>(string name) where T : struct, Enum => Enum.GetValues<T>().First(value => NameOf(value) == name);

    private static string[] NamesOf<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(NameOf)];
}
