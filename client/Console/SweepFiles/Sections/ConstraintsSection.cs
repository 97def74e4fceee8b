namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What a model must keep to reach the front.</summary>
internal static class ConstraintsSection
{
    public static IReadOnlyList<Constraint> Read(Section root)
    {
        if (root.Find("constraints") is not { } node) return [];
        if (node is YamlNode.List list)
            return [.. list.Items.Select((item, i) => One(item, $"constraints[{i}]", root.Problems)).OfType<Constraint>()];
        root.Problems.Add(node.Span, $"'constraints' is {node.Kind}, not a list", "Write a list: [{ metric: accuracy, at-least: 0.8 }].");
        return [];
    }

    private static Constraint? One(YamlNode node, string path, ProblemList problems)
    {
        if (Section.Open(node, path, Vocabulary.Constraint, problems) is not { } section || MetricKey.Read(section) is not { } metric) return null;
        var most = section.Number("at-most", MetricKey.RangeOf(metric));
        var least = section.Number("at-least", MetricKey.RangeOf(metric));
        if (section.Find("at-most") is null && section.Find("at-least") is null)
            problems.Add(section.Span, $"'{path}' bounds nothing", "Give 'at-most', 'at-least' or both.");
        if (most < least)
            problems.Add(section.Find("at-most")!.Span, Invariant($"'{path}' asks for at least {least} and at most {most}"), "Nothing is both; correct one of the two.");
        return new(metric, most, least);
    }
}
