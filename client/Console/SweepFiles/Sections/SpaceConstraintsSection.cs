namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What the parameters of a candidate must fulfil together: sums, orders, forbidden combinations.</summary>
internal static class SpaceConstraintsSection
{
    private static readonly (string Form, IReadOnlyList<string> Keys)[] Forms =
        [("sum", Vocabulary.SumConstraint), ("ascending", Vocabulary.AscendingConstraint), ("forbid", Vocabulary.ForbidConstraint)];

    /// <summary>The constraints with their places; empty without the section. Null entries had a problem.</summary>
    public static IReadOnlyList<(SpaceConstraint? Constraint, SourceSpan Span)> Read(Section root)
    {
        if (root.Find("space-constraints") is not { } node) return [];
        if (node is YamlNode.List list)
            return [.. list.Items.Select((item, i) => (One(item, $"space-constraints[{i}]", root.Problems), item.Span))];
        root.Problems.Add(node.Span, $"'space-constraints' is {node.Kind}, not a list", "Write a list: [{ sum: [ratio/*], at-most: 3 }].");
        return [];
    }

    private static SpaceConstraint? One(YamlNode node, string path, ProblemList problems)
    {
        if (Section.Open(node, path, null, problems) is not { } any) return null;
        string[] given = [.. Forms.Select(form => form.Form).Where(form => any.Find(form) is not null)];
        if (given is not [var one])
        {
            string found = given.Length == 0 ? "is none of sum, ascending and forbid" : $"is both '{given[0]}' and '{given[1]}'";
            problems.Add(node.Span, $"'{path}' {found}", "Write { sum: [a, b], at-most: 1 }, { ascending: [a, b] } or { forbid: { a: x, b: y } }.");
            return null;
        }

        var section = Section.Open(node, path, Forms.First(form => form.Form == one).Keys, problems)!;
        return one switch
        {
            "sum" => new SpaceConstraint.Linear(Terms(section), section.Number("at-most", NumberRange.Any), section.Number("at-least", NumberRange.Any)),
            "ascending" => new SpaceConstraint.Ascending(Names(section, "ascending")),
            _ => section.Open("forbid", null) is { } forbidden
                ? new SpaceConstraint.Forbidden([.. forbidden.Entries.Select(entry => ConditionSection.One(forbidden, entry)).OfType<Condition>()])
                : null,
        };
    }

    /// <summary>A list of names, or a mapping of names to weights.</summary>
    private static List<LinearTerm> Terms(Section section)
    {
        if (section.Find("sum") is not YamlNode.Map) return [.. Names(section, "sum").Select(name => new LinearTerm(name))];
        var weights = section.Open("sum", null)!;
        return [.. weights.Entries.Select(entry => new LinearTerm(entry.Key.Value, weights.NumberOf(entry.Value, weights.PathOf(entry.Key.Value), NumberRange.Any) ?? 1))];
    }

    private static List<string> Names(Section section, string key)
    {
        var node = section.Find(key)!;
        if (node is YamlNode.List list) return [.. list.Items.Select(item => section.TextOf(item, section.PathOf(key))).OfType<string>()];
        section.Problems.Add(node.Span, $"'{section.PathOf(key)}' is {node.Kind}, not a list", "Write a list of parameters: [ratio/*, steps].");
        return [];
    }
}
