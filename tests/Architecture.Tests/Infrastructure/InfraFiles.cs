using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace Distributed.Architecture.Tests.Infrastructure;

/// <summary>The files of infra/ as they are read by who runs them.</summary>
internal static class InfraFiles
{
    public static string Root { get; } = Path.Combine(Repository.Root, "infra");

    /// <summary>Compose with its merge keys applied, as docker compose config tells it.</summary>
    public static YamlMappingNode Compose { get; } = (YamlMappingNode)Merged(Yaml(Path.Combine(Root, "compose.yaml")).Single());

    public static string Dockerfile { get; } = File.ReadAllText(Path.Combine(Root, "docker", "Dockerfile"));

    /// <summary>The base manifests; an unknown field or a value of another type is an error.</summary>
    public static IReadOnlyList<object> Manifests { get; } =
        [.. ManifestFiles.SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), null, strict: true))];

    public static IEnumerable<string> ManifestFiles => Directory.EnumerateFiles(Path.Combine(Root, "kubernetes", "base"), "*.yaml")
        .Where(file => Path.GetFileName(file) != "kustomization.yaml").Order(StringComparer.Ordinal);

    public static IEnumerable<V1Deployment> Deployments => Manifests.OfType<V1Deployment>();

    public static IReadOnlyDictionary<string, string> Settings => Manifests.OfType<V1ConfigMap>().Single(map => map.Metadata.Name == "settings").Data.AsReadOnly();

    public static IEnumerable<(string Name, YamlMappingNode Node)> Services =>
        Child(Compose, "services")!.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, (YamlMappingNode)pair.Value));

    public static YamlMappingNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var child) ? child as YamlMappingNode : null;

    public static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var child) ? (child as YamlScalarNode)?.Value : null;

    public static IReadOnlyList<string> List(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var child) && child is YamlSequenceNode list ? [.. list.OfType<YamlScalarNode>().Select(item => item.Value!)] : [];

    public static IReadOnlyDictionary<string, string> Environment(YamlMappingNode service) => Child(service, "environment") is not { } environment
        ? new Dictionary<string, string>()
        : environment.Children.ToDictionary(pair => ((YamlScalarNode)pair.Key).Value!, pair => ((YamlScalarNode)pair.Value).Value!);

    /// <summary>All the YAML documents of a file.</summary>
    public static IEnumerable<YamlNode> Yaml(string file)
    {
        YamlStream stream = [];
        using StreamReader text = new(file);
        stream.Load(text);
        return stream.Documents.Select(document => document.RootNode);
    }

    private static YamlNode Merged(YamlNode node) => node switch
    {
        YamlSequenceNode list => new YamlSequenceNode(list.Select(Merged)),
        YamlMappingNode map => Merge(map),
        _ => node,
    };

    /// <summary>Own keys before merged ones, the first merged mapping before the next.</summary>
    private static YamlMappingNode Merge(YamlMappingNode map)
    {
        YamlMappingNode result = [];
        foreach (var (key, value) in map.Children.Where(pair => !IsMerge(pair.Key))) result.Add(key, Merged(value));
        foreach (var merged in map.Children.Where(pair => IsMerge(pair.Key)).SelectMany(pair => pair.Value is YamlSequenceNode many ? many.Children : [pair.Value]))
        {
            foreach (var (key, value) in Merge((YamlMappingNode)merged).Children.Where(pair => !result.Children.ContainsKey(pair.Key))) result.Add(key, value);
        }

        return result;
    }

    private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<" };
}
