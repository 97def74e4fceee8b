namespace Distributed.Sweeps;

/// <summary>What may vary between candidates.</summary>
/// <param name="Parameters">At least one; names are unique.</param>
[GenerateSerializer, Immutable, Alias("search-space.v1")]
public sealed record SearchSpace(IReadOnlyList<Parameter> Parameters)
{
    /// <summary>The same space with every per-family parameter replaced by one parameter per family.</summary>
    /// <param name="families">Names of the prunable families, in the profile's order.</param>
    public SearchSpace Expand(IEnumerable<string> families)
    {
        var names = families.ToList();
        return new([.. Parameters.SelectMany(parameter => parameter is Parameter.Real { PerFamily: true } real
            ? names.Select(Parameter (family) => real with { Name = ParameterNames.OfFamily(real.Name, family), PerFamily = false })
            : [parameter])]);
    }
}
