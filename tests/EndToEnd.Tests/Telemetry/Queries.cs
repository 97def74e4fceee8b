using System.Text.Json;
using System.Text.RegularExpressions;
using Distributed.Testing;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Distributed.EndToEnd.Tests.Telemetry;

/// <summary>What the files under infra/ ask Prometheus.</summary>
internal static partial class Queries
{
    /// <summary>The dashboards, by file.</summary>
    public static IReadOnlyDictionary<string, JsonDocument> Dashboards { get; } = Directory.GetFiles(Path.Combine(Repository.Root, "infra", "grafana"), "*.json")
        .ToDictionary(file => Path.GetFileName(file), file => JsonDocument.Parse(File.ReadAllText(file)));

    /// <summary>The alert rules.</summary>
    public static IReadOnlyList<Alert> Alerts { get; } = Directory.GetFiles(Path.Combine(Repository.Root, "infra", "prometheus"), "*.yaml")
        .Select(file => new DeserializerBuilder().IgnoreUnmatchedProperties().WithNamingConvention(CamelCaseNamingConvention.Instance)
            .Build().Deserialize<RuleFile>(File.ReadAllText(file)))
        .SelectMany(file => file.Groups).SelectMany(group => group.Rules).ToList();

    /// <summary>The metrics that an expression names.</summary>
    public static IEnumerable<string> Metrics(string expression) => Metric().Matches(Selectors().Replace(expression, "")).Select(match => match.Value);

    /// <summary>Every expression of a dashboard's panels and variables.</summary>
    public static IEnumerable<string> Of(JsonDocument dashboard) =>
        dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)
            .Concat(dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Select(variable => variable.GetProperty("definition").GetString()!));

    /// <summary>Labels and texts in braces and quotes are no metrics.</summary>
    [GeneratedRegex(@"\{[^}]*\}|""[^""]*""")]
    private static partial Regex Selectors();

    [GeneratedRegex(@"\b(distributed|orleans|dotnet)_\w+")]
    private static partial Regex Metric();

    /// <summary>A file of rules; other files have no groups.</summary>
    public sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    /// <summary>A group of rules.</summary>
    public sealed class RuleGroup
    {
        public List<Alert> Rules { get; set; } = [];
    }

    /// <summary>One rule.</summary>
    public sealed class Alert
    {
        [YamlMember(Alias = "alert")]
        public string Name { get; set; } = "";

        public string Expr { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }
}
