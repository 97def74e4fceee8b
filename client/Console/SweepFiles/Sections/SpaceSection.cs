namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What may vary. A number or a name is fixed; a list of names is a choice; { real: [low, high] } and { integer: [low, high] } are ranges.</summary>
internal static class SpaceSection
{
    public static SearchSpace? Read(Section root)
    {
        if (root.Require("space", "Add 'space: { ratio: { real: [0, 0.8], per: family } }'.") is not { } node
            || Section.Open(node, "space", null, root.Problems) is not { } section) return null;
        List<Parameter> parameters = [.. section.Entries.Select(entry => One(section, entry)).OfType<Parameter>()];
        if (!root.Problems.Any && parameters.All(parameter => parameter is Parameter.Fixed))
            root.Problems.Add(section.Span, "nothing in 'space' varies", "Give a range or a list, such as 'ratio: { real: [0, 0.8] }'.");
        Contradictions(section, parameters);
        return new(parameters);
    }

    private static Parameter? One(Section section, YamlEntry entry)
    {
        string name = entry.Key.Value;
        if (CandidateParameter.Find(name) is { } rule)
        {
            return entry.Value switch
            {
                YamlNode.Map => RangeParameter.Read(section, entry, rule),
                YamlNode.List list => Choice(section, name, list, rule),
                _ => Fixed(section, name, entry.Value, rule),
            };
        }

        section.Problems.Add(entry.Key.Span, $"'space' has no parameter '{name}'", Spelling.Remedy(name, ParameterNames.All));
        return null;
    }

    private static Parameter.Fixed? Fixed(Section section, string name, YamlNode node, CandidateParameter rule)
    {
        string path = section.PathOf(name);
        if (rule.Range is not { } range) return NameOf(section, path, node, rule) is { } choice ? new(name, choice) : null;
        double? value = rule.Forms.HasFlag(Numbers.Real) ? section.NumberOf(node, path, range) : section.WholeOf(node, path, range);
        return value is { } number ? new(name, number) : null;
    }

    private static Parameter.Categorical? Choice(Section section, string name, YamlNode.List list, CandidateParameter rule)
    {
        if (rule.Range is not null || list.Items.Count < 2)
        {
            string found = rule.Range is null ? $"is a list of {list.Items.Count}" : "is a list of names, and should be a number";
            section.Problems.Add(list.Span, $"'{section.PathOf(name)}' {found}", ParameterNotation.Of(rule));
            return null;
        }

        List<string> choices = [];
        foreach (var item in list.Items)
        {
            if (NameOf(section, section.PathOf(name), item, rule) is not { } choice) continue;
            if (choices.Contains(choice)) section.Problems.Add(item.Span, $"'{choice}' stands twice", "Remove one of the two.");
            choices.Add(choice);
        }

        return new(name, choices);
    }

    private static string? NameOf(Section section, string path, YamlNode node, CandidateParameter rule)
    {
        if (section.TextOf(node, path) is not { } text) return null;
        if (rule.Choices.Contains(text)) return text;
        section.Problems.Add(node.Span, $"'{text}' is not a {rule.Name}", Spelling.Remedy(text, rule.Choices));
        return null;
    }

    private static void Contradictions(Section section, List<Parameter> parameters)
    {
        var families = parameters.Where(parameter => parameter is Parameter.Real { PerFamily: true } || parameter.Name.Contains('/')).ToList();
        if (families.Count == 0) return;
        var each = parameters.FirstOrDefault(parameter => parameter is Parameter.Real { PerFamily: true });
        if (each is not null && families.Count > 1)
            section.Problems.Add(KeyOf(section, each.Name), "'ratio' is per family, and a family has a ratio of its own", "Give either 'per: family' or 'ratio/…' keys.");
        bool global = parameters.Any(parameter => parameter is { Name: ParameterNames.Ranking } and (
            Parameter.Fixed { Value: ParameterValue.Choice { Name: "global" } } or Parameter.Categorical));
        if (global)
            section.Problems.Add(KeyOf(section, ParameterNames.Ranking), "a global ranking knows one ratio, but families have their own", "Write 'ranking: local', or one ratio without 'per: family'.");
    }

    private static SourceSpan KeyOf(Section section, string key) => section.Entries.First(entry => entry.Key.Value == key).Key.Span;
}
