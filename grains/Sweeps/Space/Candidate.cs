using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>One point of the search space: a value for every parameter. Equality is by value.</summary>
[GenerateSerializer, Immutable, Alias("candidate.v1")]
public sealed class Candidate : IEquatable<Candidate>
{
    /// <param name="values">Name to value; the order does not matter.</param>
    [JsonConstructor]
    public Candidate(ImmutableSortedDictionary<string, ParameterValue> values) =>
        Values = values.WithComparers(StringComparer.Ordinal);

    /// <param name="values">Name and value of every parameter; the order does not matter.</param>
    public Candidate(IEnumerable<KeyValuePair<string, ParameterValue>> values)
        : this(ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, values))
    {
    }

    /// <summary>Name to value, in ordinal order of the names.</summary>
    [Id(0)] public ImmutableSortedDictionary<string, ParameterValue> Values { get; }

    /// <summary>The number under a name, or null when there is none.</summary>
    public double? Number(string name) => Values.TryGetValue(name, out var value) && value is ParameterValue.Number number ? number.Value : null;

    /// <summary>The choice under a name, or null when there is none.</summary>
    public string? Choice(string name) => Values.TryGetValue(name, out var value) && value is ParameterValue.Choice choice ? choice.Name : null;

    /// <summary>The same candidate with one value set.</summary>
    public Candidate With(string name, ParameterValue value) => new(Values.SetItem(name, value));

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] Candidate? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Candidate);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    /// <summary>"criterion=l1; ratio=0.5", names in ordinal order.</summary>
    public override string ToString() => string.Join("; ", Values.Select(pair => $"{pair.Key}={pair.Value}"));
}
