namespace Distributed.Client.SweepFiles.Sections;

/// <summary>A parameter that is a range: { real: [0, 0.8], scale: linear, per: family } or { integer: [1, 9], step: 2 }.</summary>
internal static class RangeParameter
{
    private static readonly string PerFamily =
        string.Join(", ", CandidateParameter.All.Where(parameter => parameter.MayBePerFamily).Select(parameter => $"'{parameter.Name}'"));

    public static Parameter.Real? Real(Section section, string name, CandidateParameter rule)
    {
        if (Ends(section, "real", rule.Range!.Value, whole: false) is not var (low, high)) return null;
        if (section.OneOf("per", ["family"], "something a ratio can be per") is not null && (!rule.MayBePerFamily || name != rule.Name))
            section.Problems.Add(section.Find("per")!.Span, $"'{name}' cannot be per family", $"Remove 'per'; only {PerFamily} has it.");
        return new(name, low, high, ScaleOf(section, Vocabulary.Scales, low, high), section.Find("per") is not null);
    }

    public static Parameter.Integer? Integer(Section section, string name, CandidateParameter rule)
    {
        if (Ends(section, "integer", rule.Range!.Value, whole: true) is not var (low, high)) return null;
        int step = section.Whole("step", new(1, Math.Max(1, high - low))) ?? 1;
        return new(name, (long)low, (long)high, step, ScaleOf(section, Vocabulary.IntegerScales, low, high));
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

    private static Scale ScaleOf(Section section, IReadOnlyList<string> scales, double low, double high)
    {
        if (section.OneOf("scale", scales, "a scale for these numbers") is not { } name) return Scale.Linear;
        var scale = Vocabulary.Named<Scale>(name);
        if (scale == Scale.Log && low <= 0)
            section.Problems.Add(section.Find("scale")!.Span, Invariant($"'{section.PathOf("scale")}' is logarithmic and starts at {low}"), "Raise the lower end above 0, or write 'scale: linear'.");
        if (scale == Scale.Logit && (low <= 0 || high >= 1))
            section.Problems.Add(section.Find("scale")!.Span, Invariant($"'{section.PathOf("scale")}' is logit and goes from {low} to {high}"), "Give ends above 0 and below 1, or write 'scale: linear'.");
        return scale;
    }
}
