using System.Text.RegularExpressions;

namespace Distributed.Client.Commands;

/// <summary>Errors of a command line in the words of who typed it; the parser's own name .NET types.</summary>
internal static partial class UsageError
{
    /// <summary>"--ratio: 'abc' is not a number." for a value that cannot be read, and the parser's message for anything else.</summary>
    public static string Of(string message) => Unreadable().Match(message) is { Success: true } match
        ? $"{match.Groups["name"].Value}: '{match.Groups["given"].Value}' is not {Kind(match.Groups["type"].Value)}."
        : message;

    private static string Kind(string type) =>
        type.Contains("UInt", StringComparison.Ordinal) ? "a whole number of at least 0"
        : type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
        : type.Contains("Double", StringComparison.Ordinal) ? "a number"
        : "what it takes";

    [GeneratedRegex(@"^Cannot parse argument '(?<given>.*)' for \w+ '(?<name>[^']*)' as expected type '(?<type>.*)'\.$", RegexOptions.Singleline)]
    private static partial Regex Unreadable();
}
