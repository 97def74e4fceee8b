using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Distributed.Sweeps;

/// <summary>The name of a sweep, unique in its store. Safe as a file, blob and grain name.</summary>
/// <remarks>1 to 63 characters: lower-case letters, digits, '-' and '_', the first a letter or digit. Equality is ordinal.</remarks>
[GenerateSerializer, Immutable, Alias("sweep-id.v1")]
[JsonConverter(typeof(SweepIdConverter))]
public readonly partial record struct SweepId
{
    /// <exception cref="InvalidInputException">The name has another form.</exception>
    public SweepId(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!Form().IsMatch(value))
            throw new InvalidInputException(
                "name",
                $"'{value}' is not a sweep name",
                "Use 1 to 63 lower-case letters, digits, '-' and '_', starting with a letter or a digit.");
        Value = value;
    }

    /// <summary>The name itself; null only in a default value.</summary>
    [Id(0)] public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,62}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
