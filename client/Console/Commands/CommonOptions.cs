using System.CommandLine;

namespace Distributed.Client.Commands;

/// <summary>Options and arguments that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>The store when none is named.</summary>
    public const string DefaultStore = ".distributed";

    /// <summary>--cluster, of every command.</summary>
    public static Option<string?> Cluster { get; } = new("--cluster")
    {
        HelpName = "FILE|HOST:PORT,…|none",
        Description = "The cluster: a JSON file of settings, or its gateways. Default: what environment and appsettings.json say, else this machine.",
        Recursive = true,
    };

    /// <summary>--wait, of every command.</summary>
    public static Option<string?> Wait { get; } = new("--wait")
    {
        HelpName = "TIME",
        Description = "How long to try again while the cluster cannot be reached, such as 60s.",
        Recursive = true,
    };

    /// <summary>--store DIR.</summary>
    public static Option<string> Store() => new("--store")
    {
        HelpName = "DIR",
        Description = "The folder of logs and artifacts.",
        DefaultValueFactory = _ => DefaultStore,
    };

    /// <summary>--json.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write one JSON object a line on standard output." };

    /// <summary>--data DIR.</summary>
    public static Option<string?> Data() => new("--data") { HelpName = "DIR", Description = "The dataset's folder or archive, instead of the file's 'dataset.path'." };

    /// <summary>--model FILE.</summary>
    public static Option<string?> Model() => new("--model") { HelpName = "FILE", Description = "The ONNX model, instead of the file's 'model'." };

    /// <summary>--output DIR of models that are taken out of a sweep.</summary>
    public static Option<string?> ModelsFolder() => new("--output", "-o")
    {
        HelpName = "DIR",
        Description = "Where to write. Default: ./SWEEP-models. With --all, each model gets its own trial-N folder there.",
    };

    /// <summary>The sweep file.</summary>
    public static Argument<string> File() => new("FILE") { Description = "A sweep file (YAML); client/examples holds some." };

    /// <summary>The sweep's name.</summary>
    public static Argument<string> Sweep() => new("SWEEP") { Description = "The name of a sweep; 'sweep list' shows them." };
}
