namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What is optimised.</summary>
internal static class ObjectivesSection
{
    private const int Most = 4;

    /// <summary>The objectives, or null when the file names none.</summary>
    public static IReadOnlyList<Objective>? Read(Section root)
    {
        if (root.Find("objectives") is not { } node) return null;
        if (node is not YamlNode.List { Items.Count: >= 1 and <= Most } list)
        {
            string found = node is YamlNode.List some ? $"a list of {some.Items.Count}" : node.Kind;
            root.Problems.Add(node.Span, $"'objectives' is {found}", $"Give a list of one to {Most}: [{{ metric: accuracy }}, {{ metric: latency-ratio }}].");
            return null;
        }

        HashSet<Metric> seen = [];
        return [.. list.Items.Select((item, i) => One(item, $"objectives[{i}]", seen, root.Problems)).OfType<Objective>()];
    }

    private static Objective? One(YamlNode node, string path, HashSet<Metric> seen, ProblemList problems)
    {
        if (Section.Open(node, path, Vocabulary.Objective, problems) is not { } section || MetricKey.Read(section) is not { } metric) return null;
        if (!seen.Add(metric))
            problems.Add(section.Find("metric")!.Span, $"'{Vocabulary.NameOf(metric)}' is an objective already", "Name each metric once.");
        var better = MetricKey.Better(metric);
        if (section.OneOf("direction", Vocabulary.Directions, "a direction") is { } given && Vocabulary.Named<Direction>(given) != better)
            problems.Add(section.Find("direction")!.Span, $"'{Vocabulary.NameOf(metric)}' would be made worse", $"Write '{Vocabulary.NameOf(better)}', or leave the direction out.");
        return new(metric, better, section.Number("reference", MetricKey.ReferenceOf(metric)));
    }
}

/// <summary>The metric of an objective or a constraint.</summary>
internal static class MetricKey
{
    /// <summary>The metric that a section names, or null after a problem.</summary>
    public static Metric? Read(Section section)
    {
        section.Require("metric", $"Give one of: {string.Join(", ", Vocabulary.Metrics)}.");
        return section.OneOf("metric", Vocabulary.Metrics, "a metric") is { } name ? Vocabulary.Named<Metric>(name) : null;
    }

    /// <summary>Which way a metric is better.</summary>
    public static Direction Better(Metric metric) => IsAccuracy(metric) ? Direction.Maximize : Direction.Minimize;

    /// <summary>The values that a metric can have.</summary>
    public static NumberRange RangeOf(Metric metric) => IsAccuracy(metric) ? new(0, 1) : Limits.Positive;

    /// <summary>The values that a metric's reference can have: something must be better.</summary>
    public static NumberRange ReferenceOf(Metric metric) => IsAccuracy(metric) ? new(0, 1, HighOpen: true) : Limits.Positive;

    private static bool IsAccuracy(Metric metric) => metric is Metric.Accuracy or Metric.CorruptedAccuracy;
}
