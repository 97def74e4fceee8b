using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Distributed.Client.SweepFiles;

/// <summary>Reads one YAML document into nodes that know their places. Reports syntax errors and duplicate keys instead of throwing.</summary>
internal sealed class YamlTree
{
    private const int DeepestNesting = 32;
    private readonly Parser _parser;
    private readonly ProblemList _problems;
    private readonly Dictionary<string, YamlNode> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<string> _path = new();

    private YamlTree(string text, ProblemList problems)
    {
        _parser = new(new StringReader(text));
        _problems = problems;
    }

    /// <summary>The document's root, or null after a problem that leaves nothing to read.</summary>
    public static YamlNode? Parse(string text, ProblemList problems)
    {
        YamlTree tree = new(text, problems);
        try
        {
            return tree.Document();
        }
        catch (InvalidOperationException)
        {
            // The parser's own slip on brackets that are never closed; what it read last is where they stand.
            var last = tree._parser.Current;
            problems.Add(last is null ? new(1, 1, 1) : SpanOf(last.Start, last.End), "this is not YAML: a bracket, brace or quote is not closed after this", "Close it.");
            return null;
        }
        catch (YamlException error)
        {
            var span = TabAt(text) is { } tab && error.Message.Contains("tab", StringComparison.Ordinal) ? tab : SpanOf(error.Start, error.End);
            problems.Add(span, $"this is not YAML: {Tidy(error.Message)}", "Check the indentation, the colons, quotes and brackets of this line and the one before.");
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _problems.Add(new(1, 1, 1), "the file is empty", "Start from one of the files in client/examples.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        var root = Node(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _problems.Add(SpanOf(second.Start, second.End), "a second document starts here", "Write one sweep a file.");
        return root;
    }

    private YamlNode Node(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return Aliased(alias);
        var start = _parser.Current as NodeEvent ?? throw new YamlException("A value is expected.");
        if (depth > DeepestNesting) throw new YamlException(start.Start, start.End, $"nested deeper than {DeepestNesting} levels");
        YamlNode node = start switch
        {
            Scalar => Leaf(),
            SequenceStart => Sequence(depth),
            _ => Mapping(depth),
        };
        if (!start.Anchor.IsEmpty) _anchors[start.Anchor.Value] = node;
        return node;
    }

    private YamlNode Aliased(AnchorAlias alias) => _anchors.TryGetValue(alias.Value.Value, out var node)
        ? node with { Span = SpanOf(alias.Start, alias.End) }
        : throw new YamlException(alias.Start, alias.End, $"the anchor '&{alias.Value.Value}' is not defined above");

    private YamlNode.Text Leaf()
    {
        var scalar = _parser.Consume<Scalar>();
        return new(SpanOf(scalar.Start, scalar.End), scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private YamlNode.List Sequence(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        List<YamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new(SpanOf(start.Start, start.End), items);
    }

    private YamlNode.Map Mapping(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        List<YamlEntry> entries = [];
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            if (key is YamlNode.Text { Value: var name }) _path.Push(name);
            var value = Node(depth + 1);
            if (key is YamlNode.Text) _path.Pop();
            if (key is not YamlNode.Text text)
                _problems.Add(key.Span, "a key is not plain text", "Write 'key: value'.");
            else if (!lines.TryAdd(text.Value, text.Span.Line))
                _problems.Add(text.Span, $"'{string.Join('.', _path.Reverse().Append(text.Value))}' stands twice, first in line {lines[text.Value]}", "Remove one of the two.");
            else
                entries.Add(new(text, value));
        }

        var span = entries.Count > 0 ? entries[0].Key.Span : SpanOf(start.Start, start.End);
        return new(span, entries);
    }

    private static SourceSpan SpanOf(Mark start, Mark end)
    {
        int length = start.Line == end.Line ? (int)(end.Column - start.Column) : 1;
        return new(Math.Max(1, (int)start.Line), Math.Max(1, (int)start.Column), Math.Max(1, length));
    }

    /// <summary>The first tab that indents a line; the parser tells of it only where the mapping began.</summary>
    private static SourceSpan? TabAt(string text)
    {
        string[] lines = text.Split('\n');
        int line = Array.FindIndex(lines, one => one.TrimStart(' ').StartsWith('\t'));
        return line < 0 ? null : new(line + 1, lines[line].IndexOf('\t') + 1, 1);
    }

    private static string Tidy(string message)
    {
        string text = message.TrimEnd('.');
        return text.Length > 0 ? char.ToLowerInvariant(text[0]) + text[1..] : "it cannot be read";
    }
}
