namespace Distributed.Client.SweepFiles.Sections;

/// <summary>A parameter written as a mapping: one of real, integer, ordinal, choice and fixed, and what belongs to it.</summary>
internal static class MappedParameter
{
    private static readonly (string Form, IReadOnlyList<string> Keys)[] Forms =
    [
        ("real", Vocabulary.Real), ("integer", Vocabulary.Integer), ("ordinal", Vocabulary.Ordinal), ("choice", Vocabulary.Choice), ("fixed", Vocabulary.Fixed),
    ];

    public static Parameter? Read(Section space, YamlEntry entry, CandidateParameter rule)
    {
        string path = space.PathOf(entry.Key.Value);
        var map = (YamlNode.Map)entry.Value;
        string[] given = [.. Forms.Select(form => form.Form).Where(form => map.Entries.Any(pair => pair.Key.Value == form))];
        if (given is not [var one] || !Takes(rule, one))
        {
            string found = given switch
            {
                [] => "is none of real, integer, ordinal, choice and fixed",
                [var wrong] => rule.Range is null && wrong is "real" or "integer" ? "is a range of numbers, and should be a name" : $"cannot be '{wrong}'",
                [var first, var second, ..] => $"is both '{first}' and '{second}'",
            };
            space.Problems.Add(entry.Value.Span, $"'{path}' {found}", ParameterNotation.Of(rule));
            return null;
        }

        var section = Section.Open(map, path, Forms.First(form => form.Form == one).Keys, space.Problems)!;
        var when = ConditionSection.Read(section);
        return Form(section, one, entry.Key.Value, rule) is { } parameter ? parameter with { When = when } : null;
    }

    private static bool Takes(CandidateParameter rule, string form) => form switch
    {
        "real" => rule.Forms.HasFlag(Numbers.Real),
        "integer" => rule.Forms.HasFlag(Numbers.Whole),
        "choice" => rule.Range is null,
        _ => true,
    };

    private static Parameter? Form(Section section, string form, string name, CandidateParameter rule) => form switch
    {
        "real" => RangeParameter.Real(section, name, rule),
        "integer" => RangeParameter.Integer(section, name, rule),
        "ordinal" => LevelsParameter.Ordinal(section, name, rule),
        "choice" => LevelsParameter.Choice(section, section.PathOf(form), name, section.Find(form)!, rule),
        _ => LevelsParameter.Fixed(section, section.PathOf(form), name, section.Find(form)!, rule),
    };
}
