namespace Distributed.Client.SweepFiles;

/// <summary>A stretch of one line of a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Length">Characters, at least 1; cut at the end of the line.</param>
internal readonly record struct SourceSpan(int Line, int Column, int Length);

/// <summary>A YAML value with its place. A closed union.</summary>
internal abstract record YamlNode(SourceSpan Span)
{
    /// <summary>A scalar.</summary>
    /// <param name="Span">Its place.</param>
    /// <param name="Value">Its text, quotes removed.</param>
    /// <param name="Quoted">Whether it had quotes, so that it is text and nothing else.</param>
    internal sealed record Text(SourceSpan Span, string Value, bool Quoted) : YamlNode(Span);

    /// <summary>A sequence.</summary>
    internal sealed record List(SourceSpan Span, IReadOnlyList<YamlNode> Items) : YamlNode(Span);

    /// <summary>A mapping; entries in the order of the file, the first of equal keys only.</summary>
    internal sealed record Map(SourceSpan Span, IReadOnlyList<YamlEntry> Entries) : YamlNode(Span);

    /// <summary>What it is, for messages.</summary>
    internal string Kind => this switch
    {
        Text { Value: "", Quoted: false } => "nothing",
        Text text => $"'{text.Value}'",
        List => "a list",
        _ => "a mapping",
    };
}

/// <summary>One key of a mapping.</summary>
internal sealed record YamlEntry(YamlNode.Text Key, YamlNode Value);
