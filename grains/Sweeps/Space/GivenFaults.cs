namespace Distributed.Sweeps;

/// <summary>Finds what is wrong with candidates that a user gives for a space.</summary>
public static class GivenFaults
{
    /// <summary>All faults; the parameter is null where the candidate as a whole is wrong.</summary>
    public static IReadOnlyList<(int Candidate, string? Parameter, string Found, string Remedy)> Of(SearchSpace space, IReadOnlyList<Candidate> candidates) =>
        [.. candidates.SelectMany((candidate, i) => Of(space, candidate).Select(fault => (i, fault.Parameter, fault.Found, fault.Remedy)))];

    private static IEnumerable<(string? Parameter, string Found, string Remedy)> Of(SearchSpace space, Candidate candidate)
    {
        if (candidate.Values.IsEmpty) return [(null, "it gives no value", "Give at least one, such as 'ratio: 0.5'.")];
        var faults = candidate.Values.Select(pair => Of(space, candidate, pair.Key, pair.Value)).OfType<(string?, string, string)>().ToList();
        if (faults.Count > 0) return faults;
        var broken = (space.Constraints ?? []).Select((constraint, i) => (constraint, i))
            .Where(one => one.constraint.Names.All(candidate.Values.ContainsKey) && one.constraint.Violation(candidate) > 0)
            .Select(one => ((string?)null, Invariant($"it breaks space-constraints[{one.i}]"), "Change a value, or the constraint."));
        return broken.Take(1);
    }

    private static (string? Parameter, string Found, string Remedy)? Of(SearchSpace space, Candidate candidate, string name, ParameterValue value)
    {
        if (Find(space, name) is not { } parameter)
            return (name, $"the space has no parameter '{name}'", ClosestName.Remedy(name, [.. space.Parameters.Select(one => one.Name)]));
        if (parameter.When is { } when && candidate.Values.TryGetValue(when.Parameter, out var parent) && !when.Holds(parent))
            return (name, $"'{name}' takes part only when {when}", $"Leave '{name}' out, or change '{when.Parameter}'.");
        if (parameter is not Parameter.Real real)
            return KnownParameters.CanBe(parameter, value) ? null : (name, $"'{name}' is never {value}", KnownParameters.ValuesOf(parameter, value));
        return value is ParameterValue.Number { Value: var number } && number >= real.Low && number <= real.High
            ? null
            : (name, $"'{name}' is {value}", Invariant($"Give a number from {real.Low} to {real.High}."));
    }

    /// <summary>The parameter of a name; that of all families also for one family's name, and for their common name.</summary>
    private static Parameter? Find(SearchSpace space, string name) =>
        space.Parameters.FirstOrDefault(parameter => parameter.Name == name)
        ?? space.Parameters.FirstOrDefault(parameter => parameter is Parameter.Real { PerFamily: true } && name.StartsWith(ParameterNames.OfFamily(parameter.Name, ""), StringComparison.Ordinal));
}
