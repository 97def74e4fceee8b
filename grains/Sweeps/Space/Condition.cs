namespace Distributed.Sweeps;

/// <summary>That a parameter takes part in a candidate and has one of certain values, or lies in a range.</summary>
/// <param name="Parameter">Which parameter.</param>
/// <param name="Values">The values; null where the range alone decides.</param>
/// <param name="AtLeast">The least number, or null.</param>
/// <param name="AtMost">The largest number, or null.</param>
[GenerateSerializer, Immutable, Alias("condition.v1")]
public sealed record Condition(
    [property: Id(0)] string Parameter,
    [property: Id(1)] IReadOnlyList<ParameterValue>? Values = null,
    [property: Id(2)] double? AtLeast = null,
    [property: Id(3)] double? AtMost = null)
{
    /// <summary>Whether a candidate fulfils it; not when the parameter takes no part in it.</summary>
    public bool Holds(Candidate candidate) => Holds(candidate.Values.GetValueOrDefault(Parameter));

    /// <summary>Whether the parameter's value fulfils it; null stands for no part in the candidate.</summary>
    public bool Holds(ParameterValue? value)
    {
        if (value is null || Values?.Contains(value) == false) return false;
        if (AtLeast is null && AtMost is null) return true;
        return value is ParameterValue.Number { Value: var number } && !(number < AtLeast) && !(number > AtMost);
    }

    /// <summary>"criterion is taylor or l1", "distillation is at least 0.1".</summary>
    public override string ToString()
    {
        string[] bounds = [AtLeast is { } least ? Invariant($"at least {least}") : "", AtMost is { } most ? Invariant($"at most {most}") : ""];
        string range = string.Join(" and ", bounds.Where(bound => bound.Length > 0));
        return $"{Parameter} is {(Values is null ? range : string.Join(" or ", Values))}";
    }
}
