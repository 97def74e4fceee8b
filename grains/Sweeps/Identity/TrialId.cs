using System.Text.Json.Serialization;

namespace Distributed.Sweeps;

/// <summary>A trial's number in its sweep: 0 is the dense baseline, 1, 2, … are candidates in the order in which they were suggested.</summary>
/// <param name="Number">At least 0.</param>
[GenerateSerializer, Immutable, Alias("trial-id.v1")]
[JsonConverter(typeof(TrialIdConverter))]
public readonly record struct TrialId(int Number) : IComparable<TrialId>
{
    /// <summary>The dense baseline, which every sweep runs first.</summary>
    public static TrialId Dense { get; }

    /// <summary>Whether this is the dense baseline.</summary>
    public bool IsDense => Number == 0;

    /// <inheritdoc/>
    public int CompareTo(TrialId other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => Invariant($"{Number}");

    /// <summary>Earlier suggested.</summary>
    public static bool operator <(TrialId left, TrialId right) => left.Number < right.Number;

    /// <summary>Later suggested.</summary>
    public static bool operator >(TrialId left, TrialId right) => left.Number > right.Number;

    /// <summary>Earlier suggested, or the same.</summary>
    public static bool operator <=(TrialId left, TrialId right) => left.Number <= right.Number;

    /// <summary>Later suggested, or the same.</summary>
    public static bool operator >=(TrialId left, TrialId right) => left.Number >= right.Number;
}
