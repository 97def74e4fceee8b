using System.Globalization;

namespace Distributed.Client.SweepFiles;

/// <summary>A mapping of a sweep file while it is read: hands out typed values, notes what is wrong, never throws.</summary>
internal sealed class Section
{
    private readonly YamlNode.Map _map;

    private Section(YamlNode.Map map, string path, ProblemList problems) => (_map, Path, Problems) = (map, path, problems);

    /// <summary>Its path for messages; empty for the whole file.</summary>
    public string Path { get; }

    /// <summary>Where problems go.</summary>
    public ProblemList Problems { get; }

    /// <summary>Where the section starts.</summary>
    public SourceSpan Span => _map.Span;

    /// <summary>Its keys with their values, in the order of the file.</summary>
    public IReadOnlyList<YamlEntry> Entries => _map.Entries;

    /// <summary>Opens a node as a mapping with the given keys; an unknown key is a problem. Null when it is no mapping.</summary>
    /// <param name="node">The node.</param>
    /// <param name="path">Its path for messages; empty for the whole file.</param>
    /// <param name="keys">The keys it may have, or null for any.</param>
    /// <param name="problems">Where problems go.</param>
    public static Section? Open(YamlNode node, string path, IReadOnlyList<string>? keys, ProblemList problems)
    {
        string name = path.Length == 0 ? "a sweep file" : $"'{path}'";
        if (node is not YamlNode.Map map)
        {
            problems.Add(node.Span, $"{name} is {node.Kind}, not a mapping", $"Write '{(keys is [var first, ..] ? first : "key")}: value' pairs.");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => keys?.Contains(entry.Key.Value) == false))
            problems.Add(entry.Key.Span, $"{name} has no key '{entry.Key.Value}'", Spelling.Remedy(entry.Key.Value, keys!));
        return new(map, path, problems);
    }

    /// <summary>Opens a key's value as a mapping; null when it is absent or none.</summary>
    public Section? Open(string key, IReadOnlyList<string>? keys) => Find(key) is { } node ? Open(node, PathOf(key), keys, Problems) : null;

    /// <summary>The value of a key, or null.</summary>
    public YamlNode? Find(string key) => _map.Entries.FirstOrDefault(entry => entry.Key.Value == key)?.Value;

    /// <summary>The value of a key that must be there.</summary>
    public YamlNode? Require(string key, string remedy)
    {
        var node = Find(key);
        if (node is null) Problems.Add(Span, $"{(Path.Length == 0 ? "the file" : $"'{Path}'")} lacks '{key}'", remedy);
        return node;
    }

    /// <summary>A key's path for messages.</summary>
    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>A text, or null.</summary>
    public string? Text(string key) => Find(key) is not { } node ? null : TextOf(node, PathOf(key));

    /// <summary>A text out of a list of names, or null.</summary>
    public string? OneOf(string key, IReadOnlyList<string> names, string what)
    {
        if (Find(key) is not { } node || TextOf(node, PathOf(key)) is not { } text) return null;
        if (names.Contains(text)) return text;
        Problems.Add(node.Span, $"'{text}' is not {what}", Spelling.Remedy(text, names));
        return null;
    }

    /// <summary>A number in a range, or null.</summary>
    public double? Number(string key, NumberRange range) => Find(key) is { } node ? NumberOf(node, PathOf(key), range) : null;

    /// <summary>A whole number in a range, or null.</summary>
    public int? Whole(string key, NumberRange range) => Find(key) is { } node ? (int?)WholeOf(node, PathOf(key), range) : null;

    /// <summary>True or false, or null.</summary>
    public bool? Flag(string key)
    {
        if (Find(key) is not { } node) return null;
        if (node is YamlNode.Text { Quoted: false, Value: "true" or "false" } text) return text.Value == "true";
        Problems.Add(node.Span, $"'{PathOf(key)}' is {node.Kind}, not true or false", "Write true or false.");
        return null;
    }

    /// <summary>A node as text, or null after a problem.</summary>
    public string? TextOf(YamlNode node, string path)
    {
        if (node is YamlNode.Text { Value.Length: > 0 } text) return text.Value;
        Problems.Add(node.Span, $"'{path}' is {(node is YamlNode.Text ? "empty" : node.Kind)}, not text", "Write one value.");
        return null;
    }

    /// <summary>A node as a number in a range, or null after a problem.</summary>
    public double? NumberOf(YamlNode node, string path, NumberRange range)
    {
        if (node is not YamlNode.Text text || text.Quoted
            || !double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            bool quoted = node is YamlNode.Text { Quoted: true };
            Problems.Add(node.Span, $"'{path}' is {node.Kind}, not a number", quoted ? "Remove the quotes." : $"Write a number: {range}.");
            return null;
        }

        if (range.Holds(value)) return value;
        Problems.Add(node.Span, Invariant($"'{path}' is {text.Value}"), $"Give {range}.");
        return null;
    }

    /// <summary>A node as a whole number in a range, or null after a problem.</summary>
    public long? WholeOf(YamlNode node, string path, NumberRange range)
    {
        if (NumberOf(node, path, range) is not { } value) return null;
        if (value == Math.Floor(value)) return (long)value;
        Problems.Add(node.Span, Invariant($"'{path}' is {value}, not a whole number"), $"Give a whole number, {range}.");
        return null;
    }
}
