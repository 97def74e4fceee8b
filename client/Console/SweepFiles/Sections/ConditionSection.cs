using System.Globalization;

namespace Distributed.Client.SweepFiles.Sections;

/// <summary>What a parameter must be: 'criterion: taylor', 'steps: [1, 2]' or 'distillation: { at-least: 0.1 }'.</summary>
internal static class ConditionSection
{
    /// <summary>The condition under "when", or null.</summary>
    public static Condition? Read(Section parameter)
    {
        if (parameter.Open("when", null) is not { } section) return null;
        if (section.Entries is [var entry]) return One(section, entry);
        section.Problems.Add(
            section.Span, $"'{section.Path}' names {section.Entries.Count} parameters", "Name one: 'when: { criterion: taylor }'; conditions chain, for that one may have its own.");
        return null;
    }

    /// <summary>The condition of one key, or null after a problem.</summary>
    public static Condition? One(Section section, YamlEntry entry)
    {
        string name = entry.Key.Value;
        string path = section.PathOf(name);
        if (entry.Value is YamlNode.Map)
        {
            return section.Open(name, Vocabulary.Condition) is { } range
                ? new(name, null, range.Number("at-least", NumberRange.Any), range.Number("at-most", NumberRange.Any))
                : null;
        }

        var items = entry.Value is YamlNode.List list ? list.Items : [entry.Value];
        return new(name, [.. items.Select(item => Value(section, path, item)).OfType<ParameterValue>()]);
    }

    private static ParameterValue? Value(Section section, string path, YamlNode node)
    {
        if (node is YamlNode.Text { Quoted: false } text && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
            return number;
        return section.TextOf(node, path) is { } name ? new ParameterValue.Choice(name) : null;
    }
}
