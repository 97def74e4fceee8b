namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What may vary. A number or a name is fixed; a list of names is a choice; a mapping is any form, and may have a condition.</summary>
internal static class SpaceSection
{
    public static SearchSpace? Read(Section root)
    {
        if (root.Require("space", "Add 'space: { ratio: { real: [0, 0.8], per: family } }'.") is not { } node
            || Section.Open(node, "space", null, root.Problems) is not { } section) return null;
        List<Parameter> parameters = [.. section.Entries.Select(entry => One(section, entry)).OfType<Parameter>()];
        var constraints = SpaceConstraintsSection.Read(root);
        if (!root.Problems.Any && parameters.All(parameter => parameter is Parameter.Fixed))
            root.Problems.Add(section.Span, "nothing in 'space' varies", "Give a range or a list, such as 'ratio: { real: [0, 0.8] }'.");
        Contradictions(section, parameters);
        SearchSpace space = new(parameters) { Constraints = constraints.Count == 0 ? null : [.. constraints.Select(one => one.Constraint).OfType<SpaceConstraint>()] };
        if (!root.Problems.Any) Faults(section, space, [.. constraints.Select(one => one.Span)]);
        return space;
    }

    /// <summary>Conditions and constraints, once everything that they speak of can be read.</summary>
    private static void Faults(Section section, SearchSpace space, IReadOnlyList<SourceSpan> constraints)
    {
        foreach (var fault in SpaceFaults.Of(space))
        {
            var span = fault.Constraint is { } index ? constraints[index] : WhenOf(section, fault.Parameter!);
            section.Problems.Add(span, $"'{fault.Place}': {fault.Found}", fault.Remedy);
        }
    }

    private static SourceSpan WhenOf(Section section, string name) =>
        ((YamlNode.Map)section.Find(name)!).Entries.First(entry => entry.Key.Value == "when").Value.Span;

    private static Parameter? One(Section section, YamlEntry entry)
    {
        string name = entry.Key.Value;
        if (CandidateParameter.Find(name) is { } rule)
        {
            return entry.Value switch
            {
                YamlNode.Map => MappedParameter.Read(section, entry, rule),
                YamlNode.List list => LevelsParameter.Choice(section, section.PathOf(name), name, list, rule),
                _ => LevelsParameter.Fixed(section, section.PathOf(name), name, entry.Value, rule),
            };
        }

        section.Problems.Add(entry.Key.Span, $"'space' has no parameter '{name}'", Spelling.Remedy(name, ParameterNames.All));
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
            Parameter.Fixed { Value: ParameterValue.Choice { Name: "global" or "per-microsecond" } } or Parameter.Categorical or Parameter.Ordinal));
        if (global)
            section.Problems.Add(KeyOf(section, ParameterNames.Ranking), "a global ranking knows one ratio, but families have their own", "Write 'ranking: local', or one ratio without 'per: family'.");
    }

    private static SourceSpan KeyOf(Section section, string key) => section.Entries.First(entry => entry.Key.Value == key).Key.Span;
}
