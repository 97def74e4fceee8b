namespace Distributed.Client.SweepFiles.Sections;

/// <summary>A parameter that is a range: { real: [0, 0.8], scale: linear, per: family } or { integer: [1, 9], step: 2 }.</summary>
internal static class RangeParameter
{
    private static readonly string PerFamily =
        string.Join(", ", CandidateParameter.All.Where(parameter => parameter.MayBePerFamily).Select(parameter => $"'{parameter.Name}'"));

    public static Parameter? Read(Section space, YamlEntry entry, CandidateParameter rule)
    {
        string name = entry.Key.Value;
        string path = space.PathOf(name);
        var map = (YamlNode.Map)entry.Value;
        bool real = map.Entries.Any(pair => pair.Key.Value == "real");
        bool integer = map.Entries.Any(pair => pair.Key.Value == "integer");
        if (real == integer || (real && !rule.Forms.HasFlag(Numbers.Real)) || (integer && !rule.Forms.HasFlag(Numbers.Whole)))
        {
            string found = (real, integer) switch
            {
                (true, true) => "is both 'real' and 'integer'",
                (false, false) => "is neither 'real' nor 'integer'",
                _ => rule.Range is null ? "is a range of numbers, and should be a name" : $"cannot be '{(real ? "real" : "integer")}'",
            };
            space.Problems.Add(entry.Value.Span, $"'{path}' {found}", ParameterNotation.Of(rule));
            return null;
        }

        var section = Section.Open(map, path, real ? Vocabulary.Real : Vocabulary.Integer, space.Problems)!;
        return real ? Real(section, name, rule) : Integer(section, name, rule);
    }

    private static Parameter.Real? Real(Section section, string name, CandidateParameter rule)
    {
        if (Ends(section, "real", rule.Range!.Value, whole: false) is not var (low, high)) return null;
        if (section.OneOf("per", ["family"], "something a ratio can be per") is not null && (!rule.MayBePerFamily || name != rule.Name))
            section.Problems.Add(section.Find("per")!.Span, $"'{name}' cannot be per family", $"Remove 'per'; only {PerFamily} has it.");
        return new(name, low, high, ScaleOf(section, low), section.Find("per") is not null);
    }

    private static Parameter.Integer? Integer(Section section, string name, CandidateParameter rule)
    {
        if (Ends(section, "integer", rule.Range!.Value, whole: true) is not var (low, high)) return null;
        int step = section.Whole("step", new(1, Math.Max(1, high - low))) ?? 1;
        return new(name, (long)low, (long)high, step, ScaleOf(section, low));
    }

    private static (double Low, double High)? Ends(Section section, string key, NumberRange range, bool whole)
    {
        var node = section.Find(key)!;
        string path = section.PathOf(key);
        if (node is not YamlNode.List { Items: [var first, var last] })
        {
            section.Problems.Add(node.Span, $"'{path}' is {node.Kind}, not two ends", $"Write [low, high], each {range}.");
            return null;
        }

        double? low = whole ? section.WholeOf(first, path, range) : section.NumberOf(first, path, range);
        double? high = whole ? section.WholeOf(last, path, range) : section.NumberOf(last, path, range);
        if (low is null || high is null) return null;
        if (low < high) return (low.Value, high.Value);
        section.Problems.Add(node.Span, Invariant($"'{path}' goes from {low} to {high}"), "Give the lower end first, and two different ends.");
        return null;
    }

    private static Scale ScaleOf(Section section, double low)
    {
        if (section.OneOf("scale", Vocabulary.Scales, "a scale") is not { } name) return Scale.Linear;
        var scale = Vocabulary.Named<Scale>(name);
        if (scale == Scale.Log && low <= 0)
            section.Problems.Add(section.Find("scale")!.Span, Invariant($"a logarithmic scale starts at {low}"), "Raise the lower end above 0, or write 'scale: linear'.");
        return scale;
    }
}
