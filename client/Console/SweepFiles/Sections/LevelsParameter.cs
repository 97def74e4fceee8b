namespace Distributed.Client.SweepFiles.Sections;

/// <summary>A parameter of single values: a fixed one, a choice of names, or levels in an order.</summary>
internal static class LevelsParameter
{
    public static Parameter.Fixed? Fixed(Section section, string path, string name, YamlNode node, CandidateParameter rule) =>
        Value(section, path, node, rule) is { } value ? new(name, value) : null;

    public static Parameter.Categorical? Choice(Section section, string path, string name, YamlNode node, CandidateParameter rule)
    {
        if (rule.Range is not null || node is not YamlNode.List { Items.Count: >= 2 } list)
        {
            string found = rule.Range is not null ? "is a list of names, and should be a number" : node is YamlNode.List some ? $"is a list of {some.Items.Count}" : $"is {node.Kind}, not a list";
            section.Problems.Add(node.Span, $"'{path}' {found}", ParameterNotation.Of(rule));
            return null;
        }

        return new(name, [.. Different(section, path, list, rule).Select(choice => choice.ToString()!)]);
    }

    public static Parameter.Ordinal? Ordinal(Section section, string name, CandidateParameter rule)
    {
        var node = section.Find("ordinal")!;
        string path = section.PathOf("ordinal");
        if (node is not YamlNode.List { Items.Count: >= 2 } list)
        {
            section.Problems.Add(node.Span, $"'{path}' is {(node is YamlNode.List some ? $"a list of {some.Items.Count}" : node.Kind)}, not levels", "List at least two, in their order.");
            return null;
        }

        var levels = Different(section, path, list, rule);
        for (int i = 1; i < levels.Count; i++)
        {
            if (levels[i] is ParameterValue.Number here && levels[i - 1] is ParameterValue.Number before && here.Value < before.Value)
                section.Problems.Add(list.Items[i].Span, $"'{path}' goes from '{before}' to '{here}'", "Write the levels ascending.");
        }

        return new(name, levels);
    }

    private static List<ParameterValue> Different(Section section, string path, YamlNode.List list, CandidateParameter rule)
    {
        List<ParameterValue> values = [];
        foreach (var item in list.Items)
        {
            if (Value(section, path, item, rule) is not { } value) continue;
            if (values.Contains(value)) section.Problems.Add(item.Span, $"'{path}' names '{value}' twice", "Remove one of the two.");
            values.Add(value);
        }

        return values;
    }

    /// <summary>One value that the rule allows, or null after a problem.</summary>
    internal static ParameterValue? Value(Section section, string path, YamlNode node, CandidateParameter rule)
    {
        if (rule.Range is { } range)
        {
            double? number = rule.Forms.HasFlag(Numbers.Real) ? section.NumberOf(node, path, range) : section.WholeOf(node, path, range);
            return number is { } value ? new ParameterValue.Number(value) : null;
        }

        if (section.TextOf(node, path) is not { } text) return null;
        if (rule.Choices.Contains(text)) return new ParameterValue.Choice(text);
        section.Problems.Add(node.Span, $"'{text}' is not a {rule.Name}", Spelling.Remedy(text, rule.Choices));
        return null;
    }
}
