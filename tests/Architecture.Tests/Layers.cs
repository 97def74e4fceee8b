namespace Distributed.Architecture.Tests;

/// <summary>The house, as DESIGN §2 draws it: who may reference whom.</summary>
internal static class Layers
{
    /// <summary>Each assembly of ours and those of ours that it may reference.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Distributed.Sweeps"] = [],
        ["Distributed.Search"] = ["Distributed.Sweeps"],
        ["Distributed.Contracts"] = ["Distributed.Sweeps"],
        ["Distributed.Membership"] = ["Distributed.Sweeps"],
        ["Distributed.Grains"] = ["Distributed.Contracts", "Distributed.Search", "Distributed.Sweeps"],
        ["Distributed.Compression"] = ["Distributed.Sweeps"],
        ["Distributed.Artifacts"] = ["Distributed.Sweeps"],
        ["Distributed.Silo"] =
        [
            "Distributed.Grains", "Distributed.Compression", "Distributed.Artifacts", "Distributed.Contracts", "Distributed.Membership",
            "Distributed.Search", "Distributed.Sweeps",
        ],
        ["Distributed.Client"] = ["Distributed.Contracts", "Distributed.Membership", "Distributed.Artifacts", "Distributed.Dashboard", "Distributed.Sweeps"],
        ["Distributed.Dashboard"] = ["Distributed.Contracts", "Distributed.Sweeps"],
    };

    /// <summary>Packages that only some rooms may know, by the start of an assembly's name.</summary>
    public static IReadOnlyDictionary<string, string[]> Reserved { get; } = new Dictionary<string, string[]>
    {
        ["TorchSharp"] = ["Distributed.Compression"],
        ["Microsoft.ML.OnnxRuntime"] = ["Distributed.Compression"],
        ["SkiaSharp"] = ["Distributed.Compression", "Distributed.Client"],
        ["Azure."] = ["Distributed.Artifacts"],
        ["YamlDotNet"] = ["Distributed.Client"],
        ["Spectre.Console"] = ["Distributed.Client"],
        ["Orleans.Dashboard"] = ["Distributed.Silo", "Distributed.Client"],
        ["Orleans.Runtime"] = ["Distributed.Grains", "Distributed.Membership", "Distributed.Silo"],
        ["StackExchange.Redis"] = ["Distributed.Membership"],
        ["Npgsql"] = ["Distributed.Membership"],
        ["Orleans.Core"] =
            [
                "Distributed.Contracts", "Distributed.Membership", "Distributed.Grains", "Distributed.Silo", "Distributed.Client",
                "Distributed.Dashboard",
            ],
        ["Orleans."] =
        [
            "Distributed.Sweeps", "Distributed.Contracts", "Distributed.Membership", "Distributed.Grains", "Distributed.Silo",
            "Distributed.Client", "Distributed.Dashboard",
        ],
    };

    public static TheoryData<string> Names { get; } = [.. Allowed.Keys];
}
