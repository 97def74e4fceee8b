namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What is known before the sweep begins: candidates to try first, an earlier sweep.</summary>
internal static class WarmStartSection
{
    public static WarmStartSpec? Read(Section root, SearchSpace? space, SweepId? name)
    {
        if (root.Open("warm-start", Vocabulary.WarmStart) is not { } section) return null;
        var candidates = Candidates(section, space);
        var sweep = Sweep(section, name);
        if (section.Find("sweep") is null && section.Find("candidates") is null)
            section.Problems.Add(section.Span, "'warm-start' starts from nothing", "Give 'candidates', 'sweep' or both.");
        return new() { Candidates = candidates, Sweep = sweep };
    }

    private static SweepId? Sweep(Section section, SweepId? own)
    {
        if (section.Text("sweep") is not { } text) return null;
        try
        {
            SweepId sweep = new(text);
            if (sweep != own) return sweep;
            section.Problems.Add(section.Find("sweep")!.Span, $"'{text}' is this sweep itself", "Name an earlier sweep of the same store.");
        }
        catch (InvalidInputException error)
        {
            section.Problems.Add(section.Find("sweep")!.Span, error.Found, error.Remedy);
        }

        return null;
    }

    private static List<Candidate> Candidates(Section section, SearchSpace? space)
    {
        if (section.Find("candidates") is not { } node) return [];
        if (node is not YamlNode.List { Items.Count: > 0 } list)
        {
            section.Problems.Add(node.Span, $"'{section.PathOf("candidates")}' is {(node is YamlNode.List ? "an empty list" : node.Kind)}, not a list of candidates", "Write a list: [{ ratio: 0.5, criterion: l1 }].");
            return [];
        }

        var sections = list.Items.Select((item, i) => Section.Open(item, Invariant($"warm-start.candidates[{i}]"), null, section.Problems)).ToList();
        List<Candidate> candidates = [.. sections.Select(one => one is null ? new([]) : Candidate(one))];
        if (space is null || section.Problems.Any) return candidates;
        foreach (var (index, parameter, found, remedy) in GivenFaults.Of(space, candidates))
        {
            var one = sections[index]!;
            section.Problems.Add(parameter is null ? one.Span : one.Find(parameter)!.Span, $"'{one.Path}': {found}", remedy);
        }

        return candidates;
    }

    private static Candidate Candidate(Section section)
    {
        Dictionary<string, ParameterValue> values = [];
        foreach (var entry in section.Entries)
        {
            string name = entry.Key.Value;
            if (CandidateParameter.Find(name) is not { } rule)
                section.Problems.Add(entry.Key.Span, $"there is no parameter '{name}'", Spelling.Remedy(name, ParameterNames.All));
            else if (LevelsParameter.Value(section, section.PathOf(name), entry.Value, rule) is { } value)
                values[name] = value;
        }

        return new(values);
    }
}
