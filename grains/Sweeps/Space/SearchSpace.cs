namespace Distributed.Sweeps;

/// <summary>What may vary between candidates.</summary>
/// <param name="Parameters">At least one; names are unique.</param>
[GenerateSerializer, Immutable, Alias("search-space.v1")]
public sealed record SearchSpace(IReadOnlyList<Parameter> Parameters)
{
    /// <summary>What the parameters of every candidate fulfil together; null for nothing.</summary>
    [Id(1)] public IReadOnlyList<SpaceConstraint>? Constraints { get; init; }

    /// <summary>The same space with every per-family parameter replaced by one parameter per family, and every wildcard of a constraint by these.</summary>
    /// <param name="families">Names of the prunable families, in the profile's order.</param>
    public SearchSpace Expand(IEnumerable<string> families)
    {
        var names = families.ToList();
        List<Parameter> parameters = [.. Parameters.SelectMany(parameter => parameter is Parameter.Real { PerFamily: true } real
            ? names.Select(Parameter (family) => real with { Name = ParameterNames.OfFamily(real.Name, family), PerFamily = false })
            : [parameter])];
        List<string> expanded = [.. parameters.Select(parameter => parameter.Name)];
        return new(parameters) { Constraints = Constraints is null ? null : [.. Constraints.Select(constraint => constraint.Expand(expanded))] };
    }
}
